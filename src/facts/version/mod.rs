//! Versions as runtimes write them, in order, and ranges of them.

mod llama_cpp;
mod pep440;
mod semantic;

use llama_cpp::LlamaCpp;
use pep440::Pep440;
use std::cmp::Ordering;

/// How a runtime writes and orders its versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// npm packages and crates: `4.3.1`, `5.0.0-rc.1`.
    Semver,
    /// Python packages: `0.33.0`, `0.8.5.post1`, `5.0.0rc1`.
    Pep440,
    /// Builds `b9000`, and tags `v0.5.0`, which came after them.
    LlamaCpp,
}

/// A version, comparable with others of its scheme.
#[derive(Clone, Debug)]
pub struct Version(Order);

#[derive(Clone, Debug)]
enum Order {
    Semver(semver::Version),
    Pep440(Pep440),
    LlamaCpp(LlamaCpp),
}

impl Scheme {
    /// `semver`, `pep440` or `llama.cpp`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "semver" => Some(Self::Semver),
            "pep440" => Some(Self::Pep440),
            "llama.cpp" => Some(Self::LlamaCpp),
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Semver => "semver",
            Self::Pep440 => "pep440",
            Self::LlamaCpp => "llama.cpp",
        }
    }

    /// Reads a version; `v` in front and missing parts are forgiven.
    #[must_use]
    pub fn parse(self, text: &str) -> Option<Version> {
        let text = text.trim();
        let order = match self {
            Self::Semver => Order::Semver(semantic::parse(text)?),
            Self::Pep440 => Order::Pep440(Pep440::parse(text)?),
            Self::LlamaCpp => Order::LlamaCpp(LlamaCpp::parse(text)?),
        };
        Some(Version(order))
    }
}

impl PartialOrd for Version {
    /// None for versions of two schemes.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (&self.0, &other.0) {
            (Order::Semver(one), Order::Semver(other)) => Some(one.cmp_precedence(other)),
            (Order::Pep440(one), Order::Pep440(other)) => Some(one.cmp(other)),
            (Order::LlamaCpp(one), Order::LlamaCpp(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

/// A range as a package asks for another: `>=5.16.1,<5.21.0`, `^4.2.0 || 5`.
#[derive(Clone, Debug)]
pub struct VersionRange(Parts);

#[derive(Clone, Debug)]
enum Parts {
    /// One of them holds.
    Semver(Vec<semver::VersionReq>),
    /// All of them hold.
    Pep440(Vec<pep440::Specifier>),
}

/// More parts than any package asks for.
const MAX_PARTS: usize = 64;

impl VersionRange {
    /// Reads a range: as npm writes it for `semver`, as Python packages do for `pep440`. llama.cpp has none.
    #[must_use]
    pub fn parse(scheme: Scheme, text: &str) -> Option<Self> {
        let parts = match scheme {
            Scheme::Semver => {
                let any = text.split("||").take(MAX_PARTS).map(semantic::parse_range);
                Parts::Semver(any.collect::<Option<_>>()?)
            }
            Scheme::Pep440 => {
                let all =
                    text.split(',').take(MAX_PARTS).map(str::trim).filter(|one| !one.is_empty());
                Parts::Pep440(all.map(pep440::Specifier::parse).collect::<Option<_>>()?)
            }
            Scheme::LlamaCpp => return None,
        };
        Some(Self(parts))
    }

    /// Whether a version is in the range. Pre-releases are, for Python packages, as their order says; for npm only
    /// where the range names one of the same version.
    #[must_use]
    pub fn contains(&self, version: &Version) -> bool {
        match (&self.0, &version.0) {
            (Parts::Semver(any), Order::Semver(version)) => {
                any.iter().any(|one| one.matches(version))
            }
            (Parts::Pep440(all), Order::Pep440(version)) => {
                all.iter().all(|one| one.holds(version))
            }
            _ => false,
        }
    }
}
