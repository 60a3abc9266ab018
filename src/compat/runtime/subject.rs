//! A model as the rules see it: its metadata, what it asks, and its names in every registry.

use super::names::{Names, Registries};
use crate::model::needs::Needs;
use crate::model::{Json, ListingItem, ModelMetadata};

/// A model to check.
pub struct Subject<'f> {
    /// What is known of it.
    pub metadata: ModelMetadata,
    /// What it asks of a runtime.
    pub needs: Needs,
    pub(super) names: Names<'f>,
}

impl<'f> Subject<'f> {
    /// A model with its names, as the knowledge base joins them.
    #[must_use]
    pub fn new(metadata: ModelMetadata, needs: Needs, registries: &Registries<'f>) -> Self {
        let names = Names::of(&metadata, &needs, registries);
        Self { metadata, needs, names }
    }

    /// Reads a model from its listing, and what is known beyond it: the JSON of
    /// [`ExtraEvidence`](crate::model::listing::ExtraEvidence).
    #[must_use]
    pub fn read(
        item: &ListingItem<'_>,
        model: Json<'_>,
        evidence: Json<'_>,
        registries: &Registries<'f>,
    ) -> Self {
        let needs = crate::extract::needs::read(model, evidence);
        Self::new(crate::extract::metadata(item), needs, registries)
    }
}
