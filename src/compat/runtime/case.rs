//! One variant of a model on one target: what a rule looks at.

use super::fact::Fact;
use super::subject::Subject;
use super::target::{Load, Target};
use crate::facts::{Asked, Status};
use crate::model::Grade;
use crate::model::metadata::VariantLabel;
use crate::model::needs::HeaderNeeds;

/// A variant on a target.
pub(super) struct Case<'c, 'f> {
    pub(super) model: &'c Subject<'f>,
    pub(super) target: &'c Target<'f>,
    /// None where no weights are known.
    pub(super) variant: Option<&'c VariantLabel>,
    /// How the runtime loads its format; none where it does not.
    pub(super) load: Option<&'c Load<'f>>,
    /// The runtime whose lists answer.
    pub(super) engine: Asked<'f>,
}

impl<'c, 'f> Case<'c, 'f> {
    pub(super) fn new(
        model: &'c Subject<'f>,
        target: &'c Target<'f>,
        variant: &'c VariantLabel,
        load: Option<&'c Load<'f>>,
    ) -> Self {
        let engine = load.map_or(&target.asked, |load| &load.engine).clone();
        Self { model, target, variant: Some(variant), load, engine }
    }

    /// Of a model none of whose weights are known: its architecture can still be looked up.
    pub(super) fn of_none(model: &'c Subject<'f>, target: &'c Target<'f>) -> Self {
        let load = target.loads.iter().max_by_key(|load| load.format == "safetensors");
        let engine = load.map_or(&target.asked, |load| &load.engine).clone();
        Self { model, target, variant: None, load, engine }
    }

    pub(super) fn format(&self) -> &str {
        self.variant.map_or("", |variant| &variant.format)
    }

    pub(super) fn label(&self) -> Option<&'c str> {
        self.variant?.quantization.as_deref()
    }

    /// `vllm 0.33.0`, or the runtime alone where no version was read.
    pub(super) fn runtime(&self) -> String {
        named(&self.target.asked)
    }

    /// The same of the runtime whose lists answer.
    pub(super) fn engine(&self) -> String {
        let inside = self.engine.runtime.id() != self.target.asked.runtime.id();
        if inside {
            [&self.runtime(), " (", &named(&self.engine), ")"].concat()
        } else {
            self.runtime()
        }
    }

    /// Whether it runs on this runtime, or the one inside is it.
    pub(super) fn runs(&self, id: &str) -> bool {
        self.engine.runtime.id() == id
    }

    /// How runtimes reach the device; none where it is not known.
    pub(super) fn backend(&self) -> Option<&'c str> {
        self.target.backend.as_deref()
    }

    /// The compute capability of the device, times ten: 89 is 8.9.
    pub(super) fn capability(&self) -> Option<u64> {
        self.target.capability
    }

    /// The row of the first name that a list of the engine has at the version.
    pub(super) fn listed<'n>(
        &self,
        list: &str,
        names: impl IntoIterator<Item = &'n String>,
    ) -> Option<Fact<'f>> {
        let supports = names.into_iter().filter_map(|name| self.engine.support(list, name));
        let mut held = supports.filter(|support| support.status == Status::Supported);
        held.find_map(|support| Fact::of_support(&self.engine, &support))
    }

    /// The header that was read of the variant: the one with its label, or the only one.
    pub(super) fn header(&self) -> Option<&'c HeaderNeeds> {
        let headers = &self.model.needs.headers;
        let of_format = || headers.iter().filter(|header| header.format == self.format());
        let same = of_format().find(|header| header.label.as_deref() == self.label());
        let alone = self.model.metadata.variants.len() == 1;
        same.or_else(|| of_format().next().filter(|_| alone))
    }

    /// How sure what is known of the model's name is, in percent.
    pub(super) fn name_sure(&self) -> u32 {
        sure(self.model.names.grade)
    }
}

/// What a grade of evidence is worth, in percent.
pub(super) fn sure(grade: Grade) -> u32 {
    match grade {
        Grade::Stated => 100,
        Grade::Derived => 95,
        Grade::Guessed | Grade::Assumed => 60,
        Grade::Unknown => 50,
    }
}

fn named(asked: &Asked<'_>) -> String {
    let title = asked.runtime.title();
    if asked.version.is_empty() { title.to_owned() } else { [title, " ", &asked.version].concat() }
}
