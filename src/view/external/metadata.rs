//! What pages say of themselves to machines: schema.org as JSON-LD.

use serde_json::{Map, Value, json};

use super::{ExternalPages, incident::Incident};
use crate::view::{internal::encoded, site::utc};

/// An incident report (<https://schema.org/Report>).
pub(super) fn report(pages: &ExternalPages<'_>, incident: &Incident, description: Option<&str>) -> String {
    let reading = &incident.reading;
    let mut fields = thing("Report");
    let mut set = |key: &str, value: Option<Value>| {
        fields.extend(value.map(|value| (key.to_owned(), value)));
    };
    set("headline", Some(json!(reading.title)));
    set("description", description.map(|text| json!(text)));
    set("inLanguage", pages.lang(reading).map(|lang| json!(lang)));
    set("datePublished", Some(json!(utc(incident.published))));
    set("dateModified", Some(json!(utc(incident.updated))));
    let address = address(pages, &incident.page());
    set("url", address.as_ref().map(|address| json!(address)));
    set("mainEntityOfPage", address.map(|address| json!({"@type": "WebPage", "@id": address})));
    // An interval of ISO 8601; an open one where it is not over.
    let start = reading.started.map(utc).or_else(|| reading.began.map(|day| day.to_string()));
    let end = reading.resolved.map(utc).or_else(|| reading.ended.map(|day| day.to_string())).or_else(|| reading.is_ongoing.then(|| "..".to_owned()));
    set("temporalCoverage", start.zip(end).map(|(start, end)| json!(format!("{start}/{end}"))));
    let services: Vec<Value> = reading.services.iter().map(|name| json!({"@type": "Service", "name": name})).collect();
    set("about", Some(services).filter(|services| !services.is_empty()).map(Value::Array));
    let comment = |correction: &super::correction::Correction| {
        let mut comment = Map::from_iter([("@type".to_owned(), json!("CorrectionComment")), ("datePublished".to_owned(), json!(correction.date))]);
        if !correction.changes.is_empty() {
            comment.insert("text".to_owned(), json!(correction.changes.join(", ")));
        }
        Value::Object(comment)
    };
    let corrections: Vec<Value> = incident.corrections.iter().map(comment).collect();
    set("correction", Some(corrections).filter(|corrections| !corrections.is_empty()).map(Value::Array));
    set("isPartOf", Some(site(pages)));
    script(fields)
}

/// A page with a list (<https://schema.org/CollectionPage>).
pub(super) fn collection(pages: &ExternalPages<'_>, path: &str, name: &str, description: &str) -> String {
    let mut fields = thing("CollectionPage");
    fields.insert("name".to_owned(), json!(name));
    fields.insert("description".to_owned(), json!(description));
    fields.insert("inLanguage".to_owned(), json!(pages.language.code()));
    fields.extend(address(pages, path).map(|address| ("url".to_owned(), json!(address))));
    fields.insert("isPartOf".to_owned(), site(pages));
    script(fields)
}

fn site(pages: &ExternalPages<'_>) -> Value {
    let mut site = Map::from_iter([("@type".to_owned(), json!("WebSite")), ("name".to_owned(), json!(pages.title()))]);
    site.extend(pages.audience.base_url.as_ref().map(|base| ("url".to_owned(), json!(format!("{base}/")))));
    Value::Object(site)
}

fn thing(kind: &str) -> Map<String, Value> {
    Map::from_iter([("@context".to_owned(), json!("https://schema.org")), ("@type".to_owned(), json!(kind))])
}

fn address(pages: &ExternalPages<'_>, path: &str) -> Option<String> {
    let path = encoded(&format!("{}{}", pages.edition.folder(), path.trim_end_matches("index.html")));
    pages.audience.base_url.as_ref().map(|base| format!("{base}/{path}"))
}

/// JSON that can stand inside of a `script` element: nothing in it begins a tag.
fn script(fields: Map<String, Value>) -> String {
    Value::Object(fields).to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_element_in_which_it_stands() {
        let text = script(Map::from_iter([("headline".to_owned(), json!("</script><!-- <b>"))]));
        assert!(!text.contains('<'), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["headline"], "</script><!-- <b>");
    }
}
