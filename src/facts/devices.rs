//! Devices by name: the table `facts/devices.tsv`, and what people type.

use super::device_names::{Words, part};
use crate::error::{Code, Error, Result};
use crate::model::hardware::{Device, Hardware, KnownDevice};
use crate::model::order::greatest_first;
use crate::model::quoted::quoted;

const TABLE: &str = include_str!("../../facts/devices.tsv");

const GIB: f64 = 1_073_741_824.0;

/// The most devices that one text can ask for: larger clusters are several machines.
const MAX_DEVICES: u64 = 64;

/// One line of the table: a device with all its memory sizes.
struct Row<'a> {
    vendor: &'a str,
    name: &'a str,
    backend: &'a str,
    memory: &'a str,
    bandwidth: &'a str,
    tflops: &'a str,
    arch: &'a str,
    aliases: &'a str,
    source: &'a str,
}

fn rows() -> impl Iterator<Item = Row<'static>> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next();
        Some(Row {
            vendor: next()?,
            name: next()?,
            backend: next()?,
            memory: next()?,
            bandwidth: next()?,
            tflops: next()?,
            arch: next()?,
            aliases: next()?,
            source: next()?,
        })
    })
}

impl Row<'_> {
    /// GiB of each size, smallest first.
    fn sizes(&self) -> impl Iterator<Item = f64> {
        self.memory.split(',').filter_map(|size| size.parse().ok())
    }

    /// The device with its size at that place.
    fn device(&self, place: usize) -> Device {
        let bandwidths = || self.bandwidth.split(',');
        let bandwidth = bandwidths().nth(place).or(bandwidths().next());
        let backend = self.backend.trim_end_matches('!');
        Device {
            name: self.name.to_owned(),
            vendor: self.vendor.to_owned(),
            backend: backend.to_owned(),
            memory_bytes: bytes(self.sizes().nth(place).unwrap_or(0.0)),
            unified: backend.len() < self.backend.len(),
            bandwidth: scaled(bandwidth, 1e9),
            flops: scaled(Some(self.tflops), 1e12),
            arch: (!self.arch.is_empty()).then(|| self.arch.to_owned()),
        }
    }

    /// Its name and aliases.
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name).chain(self.aliases.split('|').filter(|name| !name.is_empty()))
    }
}

fn scaled(number: Option<&str>, by: f64) -> Option<f64> {
    Some(number?.parse::<f64>().ok()? * by)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
fn bytes(gib: f64) -> u64 {
    (gib * GIB) as u64
}

/// All devices of the table, one for each memory size.
#[must_use]
pub fn known_devices() -> Vec<KnownDevice> {
    let known = |row: Row<'static>| {
        let sizes = row.sizes().count();
        (0..sizes).map(move |place| KnownDevice {
            device: row.device(place),
            aliases: row.names().skip(1).map(str::to_owned).collect(),
            source: row.source.to_owned(),
        })
    };
    rows().flat_map(known).collect()
}

/// The hardware that a text names: `4090`, `2x3090`, `M3 Max 64GB`, `RTX 3060 12GB + 32 GB RAM`, `8 GB GPU`.
///
/// Of several memory sizes the largest is meant where none is named.
///
/// Errors: `invalid_argument` with the nearest names for a device that is not in the table.
pub fn find_hardware(text: &str) -> Result<Hardware> {
    let mut found = Hardware::default();
    let mut names = Vec::new();
    for piece in pieces(text) {
        let wanted = part(piece);
        if wanted.count == 0 || wanted.count + found.devices.len() as u64 > MAX_DEVICES {
            let message =
                format!("hardware: expected 1 to {MAX_DEVICES} devices, found {}", quoted(piece));
            return Err(Error::new(Code::InvalidArgument, message));
        }
        add(&mut found, &mut names, &wanted, piece)?;
    }
    found.name = names.join(" + ");
    Ok(found)
}

/// The devices of a text. The plus of `Ryzen AI Max+ 395` is part of its name.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let text = text.get(..text.len().min(256)).unwrap_or_default();
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let all = rest?;
        let named = |at: usize| {
            let before = at.checked_sub(3).and_then(|from| all.get(from..at));
            before.is_some_and(|word| word.eq_ignore_ascii_case("max"))
        };
        let mut signs = all.match_indices(['+', ',', '&']).map(|(at, _)| at);
        let end = signs.find(|&at| !named(at)).unwrap_or(all.len());
        rest = all.get(end + 1..);
        all.get(..end)
    })
}

fn add(
    found: &mut Hardware,
    names: &mut Vec<String>,
    wanted: &Words<'_>,
    piece: &str,
) -> Result<()> {
    if let Some(gib) = wanted.memory.filter(|_| wanted.is_ram()) {
        found.ram_bytes = Some(bytes(gib));
        names.push(format!("{} GB RAM", bytes(gib) >> 30));
        return Ok(());
    }
    let device = match wanted.memory.filter(|_| wanted.is_generic()) {
        Some(gib) => generic(gib),
        None => named(wanted, piece)?,
    };
    let gib = device.memory_bytes / (1 << 30);
    let times = if wanted.count > 1 { format!("{} x ", wanted.count) } else { String::new() };
    names.push(format!("{times}{} {gib} GB", device.name));
    if device.unified {
        found.ram_bytes = Some(device.memory_bytes);
        found.ram_bandwidth = device.bandwidth;
    }
    if device.backend != "cpu" {
        found.devices.extend((0..wanted.count).map(|_| device.clone()));
    }
    Ok(())
}

/// A GPU of which nothing but its memory is known.
fn generic(gib: f64) -> Device {
    Device {
        name: "GPU".to_owned(),
        vendor: "unknown".to_owned(),
        backend: "unknown".to_owned(),
        memory_bytes: bytes(gib),
        ..Device::default()
    }
}

fn named(wanted: &Words<'_>, piece: &str) -> Result<Device> {
    let best = rows().filter_map(|row| {
        let extra = row.names().filter_map(|name| wanted.extra_words_of(name)).min()?;
        Some((extra, row))
    });
    let best = best.min_by_key(|(extra, _)| *extra).map(|(_, row)| row);
    let Some(row) = best else { return Err(unknown(wanted, piece)) };
    let same = |size: f64| wanted.memory.is_none_or(|gib| (gib - size).abs() < 0.5);
    if let Some((place, _)) = row.sizes().enumerate().filter(|(_, size)| same(*size)).last() {
        return Ok(row.device(place));
    }
    // A laptop or a cloud may have another size than the table.
    let memory_bytes = bytes(wanted.memory.unwrap_or(0.0));
    Ok(Device { memory_bytes, ..row.device(0) })
}

fn unknown(wanted: &Words<'_>, piece: &str) -> Error {
    let all: Vec<_> = rows().map(|row| (wanted.likeness(row.name), row.name)).collect();
    let near = greatest_first(&all, |(likeness, _)| *likeness as u64);
    let near = near.iter().filter(|(likeness, _)| *likeness > 0).take(4);
    let near: Vec<_> = near.map(|(_, name)| *name).collect();
    let hint = if near.is_empty() { String::new() } else { format!("; near: {}", near.join(", ")) };
    let message = format!(
        "hardware: expected a device such as \"RTX 4090\", \"M3 Max 64GB\" or \"8 GB GPU\", found {}{hint}",
        quoted(piece.trim())
    );
    Error::new(Code::InvalidArgument, message)
}
