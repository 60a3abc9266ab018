//! What a row has, by the names that queries and answers use.

/// A field that rows are filtered, counted or sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// One of many names, or none.
    Name(NameField),
    /// Several of many names.
    Names(NamesField),
    /// A number, or none.
    Number(NumberField),
}

macro_rules! fields {
    ($(#[$about:meta])* $kind:ident { $($(#[$doc:meta])* $field:ident = $name:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $kind { $($(#[$doc])* $field,)* }

        impl $kind {
            /// All of them, in the order of the columns.
            pub const ALL: &'static [Self] = &[$(Self::$field,)*];

            /// The name in queries.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$field => $name,)* }
            }

            /// The place among the columns.
            #[must_use]
            pub const fn index(self) -> usize {
                self as usize
            }
        }
    };
}

fields! {
    /// A field with one name a row.
    NameField {
        /// The part of the id before the slash; none for the few old ids without one.
        Author = "author",
        /// The `model_type`, or the architecture of a GGUF header.
        Family = "family",
        /// The pipeline tag.
        Task = "task",
        /// The library that loads the model.
        Library = "library",
        /// The licence's id.
        License = "license",
        /// What the licence allows: `open`, `restricted`, `non-commercial`, `unknown`.
        LicenseClass = "licenseClass",
        /// `auto` or `manual`; none where the files are open.
        Gated = "gated",
        /// How it came from its base model: `quantized`, `finetune`, `adapter`, `merge`.
        Relation = "relation",
    }
}

fields! {
    /// A field with several names a row.
    NamesField {
        /// Formats of the files.
        Format = "formats",
        /// Labels of the quantizations there are.
        Quantization = "quantizations",
        /// Languages by their codes.
        Language = "languages",
        /// Runtimes that load it, as the check of `compat` says.
        Runtime = "runtimes",
        /// Inference providers that serve it.
        Provider = "providers",
        /// What the author tagged it with, beside all that has a field of its own.
        Tag = "tags",
        /// What goes in: `text`, `image`, `audio`, `video`, ...
        Input = "inputs",
        /// What comes out.
        Output = "outputs",
    }
}

fields! {
    /// A field with a number a row.
    NumberField {
        /// Parameters in all.
        Parameters = "parameters",
        /// Parameters used for one token.
        ActiveParameters = "activeParameters",
        /// Bytes of the smallest variant.
        SmallestSize = "smallestSize",
        /// Bytes of the variant that one takes first.
        RecommendedSize = "recommendedSize",
        /// Bytes of the largest variant.
        LargestSize = "largestSize",
        /// Longest context, in tokens.
        Context = "context",
        /// Downloads of the last 30 days.
        Downloads = "downloads",
        /// Likes.
        Likes = "likes",
        /// The Hub's trending score.
        Trending = "trending",
        /// Created, in seconds since 1970.
        Created = "created",
        /// Changed last, in seconds since 1970.
        Updated = "updated",
        /// Mean of the evaluation results that are known.
        Score = "score",
        /// Memory in bytes that the smallest variant takes whatever the context is.
        FixedMemory = "fixedMemory",
        /// Memory in bytes that stays on the host whatever the device has: llama.cpp's token embeddings.
        HostMemory = "hostMemory",
        /// Memory in bytes that each token of context takes, with a cache of 16 bits.
        TokenMemory = "tokenMemory",
    }
}

impl NumberField {
    /// Whether it counts: exact up to 2^32 - 2. Others are rounded to 24 bits, as a `f32` has them.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        matches!(
            self,
            Self::Context | Self::Downloads | Self::Likes | Self::Created | Self::Updated
        )
    }
}

impl Field {
    /// All of them: those with one name, with several names, with a number.
    pub fn all() -> impl Iterator<Item = Self> {
        let name = NameField::ALL.iter().copied().map(Self::Name);
        let names = NamesField::ALL.iter().copied().map(Self::Names);
        name.chain(names).chain(NumberField::ALL.iter().copied().map(Self::Number))
    }

    /// The field of a name in a query.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|field| field.name() == name)
    }

    /// The name in queries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name(field) => field.name(),
            Self::Names(field) => field.name(),
            Self::Number(field) => field.name(),
        }
    }
}
