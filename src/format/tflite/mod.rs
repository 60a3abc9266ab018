//! TFLite files, now called LiteRT, and the LiteRT-LM container that holds several of them.
//!
//! A `.tflite` file is one FlatBuffer: tables that lead to each other by offsets, with the data of weights before,
//! between or behind them. The tables alone are read ([`TfliteReader`]). A `.litertlm` file is a table of sections:
//! models, tokenizer, metadata ([`LitertlmReader`]).

mod graph;
mod litertlm;
mod llm_metadata;
mod model;
mod operators;
mod reader;
mod tensor_type;

pub use litertlm::LitertlmReader;
pub use reader::TfliteReader;
