//! CompVis/stable-diffusion-v1-4, the U-Net: blocks of 320, 640, 1280, 1280 channels, text of 768.

use super::safetensors::Writer;

const CHANNELS: [u64; 4] = [320, 640, 1280, 1280];
const TIME: u64 = 1280;

pub(crate) fn unet() -> Writer {
    let mut w = Writer::default();
    convolution(&mut w, "conv_in", 320, 4, 3);
    linear(&mut w, "time_embedding.linear_1", TIME, 320);
    linear(&mut w, "time_embedding.linear_2", TIME, TIME);
    down(&mut w);
    resnet(&mut w, "mid_block.resnets.0", 1280, 1280);
    attention(&mut w, "mid_block.attentions.0", 1280);
    resnet(&mut w, "mid_block.resnets.1", 1280, 1280);
    up(&mut w);
    pair(&mut w, "conv_norm_out", &[320]);
    convolution(&mut w, "conv_out", 4, 320, 3);
    w
}

fn down(w: &mut Writer) {
    let mut input = 320;
    for (block, out) in CHANNELS.into_iter().enumerate() {
        let at = format!("down_blocks.{block}");
        for layer in 0..2 {
            resnet(w, &format!("{at}.resnets.{layer}"), out, if layer == 0 { input } else { out });
            if block < 3 {
                attention(w, &format!("{at}.attentions.{layer}"), out);
            }
        }
        if block < 3 {
            convolution(w, &format!("{at}.downsamplers.0.conv"), out, out, 3);
        }
        input = out;
    }
}

/// Each layer takes what the layer before gives, and what the way down left.
fn up(w: &mut Writer) {
    let mut left = vec![320];
    for (block, out) in CHANNELS.into_iter().enumerate() {
        left.extend(std::iter::repeat_n(out, if block < 3 { 3 } else { 2 }));
    }
    let mut input = 1280;
    for (block, out) in CHANNELS.into_iter().rev().enumerate() {
        let at = format!("up_blocks.{block}");
        for layer in 0..3 {
            let from_below = left.pop().unwrap();
            resnet(w, &format!("{at}.resnets.{layer}"), out, input + from_below);
            if block > 0 {
                attention(w, &format!("{at}.attentions.{layer}"), out);
            }
            input = out;
        }
        if block < 3 {
            convolution(w, &format!("{at}.upsamplers.0.conv"), out, out, 3);
        }
    }
}

fn resnet(w: &mut Writer, at: &str, out: u64, input: u64) {
    pair(w, &format!("{at}.norm1"), &[input]);
    convolution(w, &format!("{at}.conv1"), out, input, 3);
    linear(w, &format!("{at}.time_emb_proj"), out, TIME);
    pair(w, &format!("{at}.norm2"), &[out]);
    convolution(w, &format!("{at}.conv2"), out, out, 3);
    if input != out {
        convolution(w, &format!("{at}.conv_shortcut"), out, input, 1);
    }
}

fn attention(w: &mut Writer, at: &str, size: u64) {
    pair(w, &format!("{at}.norm"), &[size]);
    convolution(w, &format!("{at}.proj_in"), size, size, 1);
    let block = format!("{at}.transformer_blocks.0");
    for (name, text) in [("attn1", size), ("attn2", 768)] {
        w.tensor(format!("{block}.{name}.to_q.weight"), "F32", &[size, size]);
        w.tensor(format!("{block}.{name}.to_k.weight"), "F32", &[size, text]);
        w.tensor(format!("{block}.{name}.to_v.weight"), "F32", &[size, text]);
        linear(w, &format!("{block}.{name}.to_out.0"), size, size);
    }
    for norm in ["norm1", "norm2", "norm3"] {
        pair(w, &format!("{block}.{norm}"), &[size]);
    }
    linear(w, &format!("{block}.ff.net.0.proj"), 8 * size, size);
    linear(w, &format!("{block}.ff.net.2"), size, 4 * size);
    convolution(w, &format!("{at}.proj_out"), size, size, 1);
}

fn linear(w: &mut Writer, name: &str, out: u64, input: u64) {
    pair(w, name, &[out, input]);
}

fn convolution(w: &mut Writer, name: &str, out: u64, input: u64, size: u64) {
    pair(w, name, &[out, input, size, size]);
}

/// Weights, and a bias as long as their first dimension.
fn pair(w: &mut Writer, name: &str, shape: &[u64]) {
    w.tensor(format!("{name}.weight"), "F32", shape);
    w.tensor(format!("{name}.bias"), "F32", &shape[..1]);
}
