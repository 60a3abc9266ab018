//! Hardware by the names that people type.

#![cfg(not(target_arch = "wasm32"))]

use hubfit::facts::{find_hardware, known_devices};

#[track_caller]
fn named(text: &str, expected: &str) {
    let found = find_hardware(text).map(|found| found.name);
    assert_eq!(found.as_deref().ok(), Some(expected), "{text}");
}

#[test]
fn devices_by_the_names_people_type() {
    for (text, name) in [
        ("RTX 4090", "RTX 4090 24 GB"),
        ("4090", "RTX 4090 24 GB"),
        ("rtx4090", "RTX 4090 24 GB"),
        ("NVIDIA GeForce RTX 4090", "RTX 4090 24 GB"),
        ("4060ti 16gb", "RTX 4060 Ti 16 GB"),
        ("4060 Ti", "RTX 4060 Ti 16 GB"),
        ("4090 laptop", "RTX 4090 Mobile 16 GB"),
        ("2x3090", "2 x RTX 3090 24 GB"),
        ("2 x RTX 3090", "2 x RTX 3090 24 GB"),
        ("4x A100 40GB", "4 x A100 40 GB"),
        ("a100-80gb", "A100 80 GB"),
        ("A100 PCIe", "A100 PCIe 80 GB"),
        ("H100", "H100 80 GB"),
        ("8xH100", "8 x H100 80 GB"),
        ("Tesla T4", "T4 16 GB"),
        ("M3 Max 64GB", "M3 Max 64 GB"),
        ("Apple M2 Ultra (192 GB)", "M2 Ultra 192 GB"),
        ("m4", "M4 32 GB"),
        ("m4pro 48gb", "M4 Pro 48 GB"),
        ("7900 XTX", "RX 7900 XTX 24 GB"),
        ("AMD Radeon RX 7900 XTX", "RX 7900 XTX 24 GB"),
        ("strix halo", "Ryzen AI Max+ 395 128 GB"),
        ("Ryzen AI Max 395 96GB", "Ryzen AI Max+ 395 96 GB"),
        ("DGX Spark", "GB10 128 GB"),
        ("Arc A770", "Arc A770 16 GB"),
        ("mi300x", "MI300X 192 GB"),
        ("rtx 5090", "RTX 5090 32 GB"),
        ("5090D", "RTX 5090 D 32 GB"),
        ("3080", "RTX 3080 12 GB"),
        ("RTX 3080 10GB", "RTX 3080 10 GB"),
        ("1080 ti", "GTX 1080 Ti 11 GB"),
        ("8 GB GPU", "GPU 8 GB"),
        ("24GB", "GPU 24 GB"),
        ("64 GB RAM", "64 GB RAM"),
        ("RTX 3060 12GB + 32 GB RAM", "RTX 3060 12 GB + 32 GB RAM"),
        ("Ryzen 7000 64GB", "Ryzen 7000 64 GB"),
        ("RTX 3090, RTX 3060", "RTX 3090 24 GB + RTX 3060 12 GB"),
        ("RTX PRO 6000", "RTX PRO 6000 96 GB"),
        ("A6000", "RTX A6000 48 GB"),
        ("L40S", "L40S 48 GB"),
        ("RTX 3060+32GB RAM", "RTX 3060 12 GB + 32 GB RAM"),
    ] {
        named(text, name);
    }
}

#[test]
fn what_a_device_is() {
    let found = find_hardware("2x3090 + 64 GB RAM").unwrap();
    assert_eq!((found.devices.len(), found.ram_bytes), (2, Some(64 << 30)));
    let device = &found.devices[0];
    assert_eq!((device.backend.as_str(), device.memory_bytes), ("cuda", 24 << 30));
    assert_eq!((device.arch.as_deref(), device.bandwidth), (Some("8.6"), Some(936e9)));
    let mac = find_hardware("M3 Max 36GB").unwrap();
    assert_eq!((mac.devices[0].unified, mac.ram_bytes), (true, Some(36 << 30)));
    assert_eq!(mac.devices[0].bandwidth, Some(300e9));
    let cpu = find_hardware("EPYC 9004 384GB").unwrap();
    assert_eq!((cpu.devices.len(), cpu.ram_bandwidth), (0, Some(460.8e9)));
}

#[test]
fn a_name_that_is_not_known_suggests_others() {
    for (text, near) in [
        ("RTX 4095", "RTX 40"),
        ("M9 Max", "Max"),
        ("", ""),
        ("toaster", ""),
        ("0x3090", ""),
        ("99999x3090", ""),
    ] {
        let error = find_hardware(text).unwrap_err();
        assert_eq!(error.code(), "invalid_argument", "{text}");
        assert!(error.to_string().contains(near), "{text}: {error}");
    }
}

#[test]
fn the_table_is_whole() {
    let devices = known_devices();
    assert!(devices.len() > 400, "{}", devices.len());
    for known in &devices {
        let device = &known.device;
        let whole =
            device.memory_bytes > 0 && device.bandwidth.is_some() && !known.source.is_empty();
        assert!(whole, "{device:?}");
        let arch = device.backend != "cuda"
            || device.arch.as_deref().is_some_and(|arch| arch.contains('.'));
        assert!(arch, "{device:?}");
        let gib = device.memory_bytes / (1 << 30);
        let found = find_hardware(&format!("{} {gib}GB", device.name)).unwrap();
        let same = found.devices.first().is_none_or(|found| found == device);
        assert!(same, "{} {gib}GB is {}", device.name, found.name);
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,60}") {
        let _ = find_hardware(&text);
    }

    #[test]
    fn nor_does_one_that_looks_like_a_device(text in "[0-9xX]{0,4}( |)(RTX|M|RX|A|H)?( |)[0-9]{0,5}( |)(Ti|Max|XT|GB|gb|RAM|\\+|,){0,3}") {
        let _ = find_hardware(&text);
    }
}
