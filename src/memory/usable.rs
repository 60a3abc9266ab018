//! How much of a machine's memory models may use.

use crate::model::memory::Usable;
use crate::model::{Device, Hardware};

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// What models may use of a device: what is left by the driver and the desktop.
#[must_use]
pub fn of_device(device: &Device) -> Usable {
    let total = device.memory_bytes;
    match device.backend.as_str() {
        "metal" => of_apple(total),
        "cpu" => of_ram(total),
        _ if device.unified => of_ram(total),
        _ => left(
            total,
            (total / 100).saturating_mul(3).saturating_add(320 * MIB),
            "3 % for the desktop and 320 MiB for the driver's context, as Unsloth Studio leaves",
        ),
    }
}

/// What macOS lets a GPU keep wired: two thirds of the memory up to 36 GiB, three quarters above.
fn of_apple(total: u64) -> Usable {
    let reserve = if total > 36 * GIB { total / 4 } else { total / 3 };
    left(
        total,
        reserve,
        "Metal's recommendedMaxWorkingSetSize: two thirds, above 36 GiB three quarters",
    )
}

/// What models may use of the computer's memory: what is left by the system and other programs.
#[must_use]
pub fn of_ram(total: u64) -> Usable {
    left(
        total,
        (total / 4).min(2 * GIB),
        "2 GiB for the system, at most a quarter: between the 1 and 6 GiB that node-llama-cpp leaves",
    )
}

/// The same of a machine, where its memory is known.
#[must_use]
pub fn of_computer(hardware: &Hardware) -> Option<Usable> {
    hardware.ram_bytes.map(of_ram)
}

fn left(total: u64, reserve: u64, source: &'static str) -> Usable {
    let reserve = reserve.min(total);
    Usable { bytes: total - reserve, reserve, source }
}
