//! The precision in the name of an `OpenVINO` model.

/// `qint8` of `openvino_model_qint8_quantized.xml` (sentence-transformers `backend/quantize.py`).
pub(crate) fn openvino_label(path: &str) -> Option<String> {
    let base = path.rsplit('/').next()?;
    let stem = base.rsplit_once('.')?.0.strip_suffix("_quantized")?;
    let (_, label) = stem.rsplit_once('_')?;
    matches!(label, "qint8" | "quint8" | "int8" | "int4").then(|| label.to_owned())
}
