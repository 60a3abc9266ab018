//! The `Link` header (RFC 8288), as far as paging needs it.

/// The target of `rel="next"`.
pub(super) fn next(header: &str) -> Option<&str> {
    header.split('<').skip(1).find_map(|link| {
        let (target, parameters) = link.split_once('>')?;
        is_next(parameters).then_some(target)
    })
}

fn is_next(parameters: &str) -> bool {
    parameters.split(';').any(|parameter| {
        let value = parameter.trim().trim_end_matches(',').trim().strip_prefix("rel=");
        value.is_some_and(|value| value.trim_matches('"').split(' ').any(|rel| rel == "next"))
    })
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn finds_the_next_page() {
        assert_eq!(
            next(r#"<https://h/api/models?cursor=a>; rel="next""#),
            Some("https://h/api/models?cursor=a")
        );
        assert_eq!(next(r#"<x>; rel="prev", <y>; rel=next"#), Some("y"));
        assert_eq!(next(r#"<x>; rel="prev""#), None);
        assert_eq!(next(""), None);
    }
}
