//! What the rules of a check found, folded as they speak.

use super::Assessment;
use super::fact::Fact;
use crate::model::{Finding, Level, Severity};

/// What a note does to the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// It speaks for the model, or says how it is.
    Supports,
    /// It lets it stand, with something to know.
    Warns,
    /// It runs by a slower way.
    FallsBack,
    /// It is unpacked when it loads.
    Dequantises,
    /// Something needed is not known.
    Unknown,
    /// It does not load.
    Refuses,
}

impl Effect {
    fn level(self) -> Level {
        match self {
            Self::Supports | Self::Warns => Level::Native,
            Self::FallsBack => Level::Fallback,
            Self::Dequantises => Level::Dequantised,
            Self::Unknown => Level::Unknown,
            Self::Refuses => Level::Refused,
        }
    }

    fn severity(self) -> Severity {
        match self {
            Self::Supports => Severity::Info,
            Self::Warns | Self::FallsBack | Self::Dequantises => Severity::Warning,
            Self::Unknown => Severity::Unknown,
            Self::Refuses => Severity::Error,
        }
    }
}

/// A note of a rule.
#[derive(Clone, Copy)]
pub(super) struct Note<'n, 'f> {
    /// Stable name: `architecture_removed`.
    pub(super) code: &'n str,
    pub(super) effect: Effect,
    /// The field of the metadata, or of the target, that it is about.
    pub(super) field: &'static str,
    /// The fact that it rests on.
    pub(super) fact: Option<&'n Fact<'f>>,
    /// How sure what it rests on beside the fact is, in percent.
    pub(super) sure: u32,
}

/// The words of a note: a sentence, and what to do about it.
pub(super) struct Words(pub(super) String, pub(super) Option<String>);

/// Folds notes into a level and a certainty.
#[derive(Default)]
pub(super) struct Report {
    words: bool,
    pub(super) findings: Vec<Finding>,
    level: Level,
    /// Doubt of the least sure note that speaks for the model.
    doubt: u32,
    /// Of the surest note that refuses it.
    refusal: u32,
}

impl Report {
    /// One that keeps what the notes say.
    pub(super) fn with_words() -> Self {
        Self { words: true, ..Self::default() }
    }

    pub(super) fn add(&mut self, note: Note<'_, '_>, words: &dyn Fn() -> Words) {
        let sure = note.fact.map_or(100, Fact::certainty) * note.sure / 100;
        self.level = self.level.max(note.effect.level());
        match note.effect {
            Effect::Refuses => self.refusal = self.refusal.max(sure),
            Effect::Warns | Effect::Unknown => {}
            _ => self.doubt = self.doubt.max(100 - sure.min(100)),
        }
        if self.words {
            let Words(message, recommendation) = words();
            let mut finding = Finding::new(note.code, note.effect.severity(), note.field, message);
            finding.recommendation = recommendation;
            finding.facts = note.fact.map(Fact::used).into_iter().collect();
            self.findings.push(finding);
        }
    }

    /// What they come to.
    pub(super) fn assessment(&self) -> Assessment {
        let certainty = match self.level {
            Level::Refused => self.refusal,
            Level::Unknown => 0,
            _ => 100 - self.doubt,
        };
        Assessment { level: self.level, certainty }
    }
}
