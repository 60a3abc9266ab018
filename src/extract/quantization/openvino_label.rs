//! The precision in the name of an `OpenVINO` model.

/// `qint8` of `openvino_model_qint8_quantized.xml` (sentence-transformers `backend/quantize.py`).
pub(crate) fn openvino_label(path: &str) -> Option<String> {
    let base = path.rsplit('/').next()?;
    let stem = base.rsplit_once('.')?.0.strip_suffix("_quantized")?;
    stem.rsplit_once('_').map(|(_, label)| label.to_owned())
}
