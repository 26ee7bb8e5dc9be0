//! What common nouns beside a name tell: "a telecoms regulator", "the town of", "her novel".

use crate::entity::Kind;
use crate::entity::lexicon::{Lexicon, class};

/// The kind of what a noun (lower case, singular) is said of; none for nouns that tell nothing.
pub(super) fn kind_of(lexicon: &Lexicon, lower: &str) -> Option<Kind> {
    let lower = singular(lower);
    if is_creation(lower) {
        Some(Kind::Work)
    } else if is_settlement(lower) {
        Some(Kind::Place)
    } else if is_body(lower) {
        Some(Kind::Organisation)
    } else if is_thing(lower) {
        Some(Kind::Other)
    } else if matches!(lower, "language" | "tribe" | "clan" | "people" | "ethnicity") {
        Some(Kind::Group)
    } else if is_human(lexicon, lower) {
        Some(Kind::Person)
    } else if lexicon.is(lower, class::ORGANISATION) {
        Some(Kind::Organisation)
    } else if lexicon.is(lower, class::PLACE | class::AFTER_PLACE) {
        Some(Kind::Place)
    } else if lexicon.is(lower, class::EVENT | class::STORM) {
        Some(Kind::Event)
    } else {
        None
    }
}

/// Somebody: an occupation, an office, a relative.
pub(super) fn is_human(lexicon: &Lexicon, lower: &str) -> bool {
    lexicon.title(lower).is_some()
        || lexicon.is(lower, class::ROLE | class::MEMBERS)
        || matches!(
            lower,
            "man"
                | "woman"
                | "boy"
                | "girl"
                | "father"
                | "mother"
                | "son"
                | "daughter"
                | "wife"
                | "husband"
                | "widow"
                | "brother"
                | "sister"
                | "resident"
                | "native"
                | "veteran"
                | "graduate"
                | "student"
                | "pensioner"
                | "driver"
                | "survivor"
                | "victim"
                | "suspect"
                | "defendant"
                | "citizen"
                | "farmer"
                | "shopkeeper"
                | "trader"
                | "worker"
                | "employee"
                | "colleague"
                | "celebrity"
                | "star"
                | "superstar"
                | "sensation"
                | "legend"
                | "contestant"
                | "passenger"
                | "tourist"
                | "villager"
                | "refugee"
                | "migrant"
                | "herder"
                | "whistleblower"
                | "teenager"
                | "neighbour"
                | "neighbor"
        )
}

/// What works have: "a season of Bridges", "the premiere of Bridges".
pub(super) fn is_of_work(lower: &str) -> bool {
    matches!(
        singular(lower),
        "season" | "episode" | "finale" | "adaptation" | "rendition" | "screening" | "premiere" | "translation"
    )
}

fn is_creation(lower: &str) -> bool {
    matches!(
        lower,
        "film"
            | "movie"
            | "novel"
            | "book"
            | "album"
            | "song"
            | "single"
            | "track"
            | "documentary"
            | "memoir"
            | "play"
            | "musical"
            | "opera"
            | "poem"
            | "painting"
            | "sitcom"
            | "drama"
            | "thriller"
            | "comedy"
            | "essay"
            | "podcast"
            | "autobiography"
            | "biography"
            | "anthology"
            | "trilogy"
            | "telenovela"
            | "ballad"
            | "mural"
    )
}

fn is_body(lower: &str) -> bool {
    matches!(
        lower,
        "company"
            | "firm"
            | "startup"
            | "start-up"
            | "regulator"
            | "watchdog"
            | "maker"
            | "carmaker"
            | "automaker"
            | "lender"
            | "retailer"
            | "insurer"
            | "operator"
            | "supplier"
            | "developer"
            | "publisher"
            | "charity"
            | "ngo"
            | "nonprofit"
            | "non-profit"
            | "think-tank"
            | "thinktank"
            | "subsidiary"
            | "bank"
            | "broker"
            | "brokerage"
            | "consultancy"
            | "conglomerate"
            | "manufacturer"
            | "brewer"
            | "miner"
            | "airline"
            | "newspaper"
            | "broadcaster"
            | "magazine"
            | "website"
            | "agency"
            | "party"
            | "union"
            | "federation"
            | "association"
            | "organisation"
            | "organization"
            | "group"
            | "club"
            | "team"
            | "band"
            | "militia"
            | "coalition"
            | "ministry"
            | "university"
            | "school"
            | "college"
            | "hospital"
            | "institute"
            | "foundation"
            | "tabloid"
            | "daily"
            | "weekly"
            | "giant"
            | "network"
            | "unit"
            | "body"
            | "retailers"
            | "brand"
            | "vendor"
            | "chain"
            | "carrier"
    )
}

fn is_thing(lower: &str) -> bool {
    matches!(
        lower,
        "spyware"
            | "malware"
            | "software"
            | "app"
            | "browser"
            | "chatbot"
            | "console"
            | "smartphone"
            | "phone"
            | "chip"
            | "drug"
            | "vaccine"
            | "virus"
            | "variant"
            | "subvariant"
            | "disease"
            | "bacterium"
            | "missile"
            | "rifle"
            | "pistol"
            | "drone"
            | "helicopter"
            | "aircraft"
            | "rocket"
            | "satellite"
            | "spacecraft"
            | "probe"
            | "ship"
            | "warship"
            | "vessel"
            | "ferry"
            | "frigate"
            | "submarine"
            | "yacht"
            | "tanker"
            | "sedan"
            | "hatchback"
            | "suv"
            | "cryptocurrency"
            | "token"
            | "cultivar"
            | "horse"
            | "index"
            | "blockchain"
            | "sub-variant"
    )
}

/// "newspapers" as "newspaper"; what only looks like a plural stays.
pub(super) fn singular(lower: &str) -> &str {
    match lower.strip_suffix('s') {
        Some(one) if one.len() > 3 && !one.ends_with(['s', 'u', 'i']) => one,
        _ => lower,
    }
}

fn is_settlement(lower: &str) -> bool {
    matches!(
        lower,
        "town"
            | "village"
            | "city"
            | "township"
            | "hamlet"
            | "suburb"
            | "district"
            | "province"
            | "county"
            | "region"
            | "island"
            | "state"
            | "country"
            | "kingdom"
            | "republic"
            | "municipality"
            | "settlement"
            | "neighbourhood"
            | "neighborhood"
            | "port"
            | "capital"
            | "peninsula"
            | "valley"
            | "river"
            | "lake"
            | "mountain"
            | "governorate"
            | "prefecture"
            | "borough"
            | "parish"
            | "commune"
            | "canton"
            | "nation"
            | "archipelago"
            | "enclave"
            | "territory"
            | "area"
            | "resort"
            | "barangay"
    )
}
