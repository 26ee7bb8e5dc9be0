//! Measures, and what is counted.

use super::currencies::currency;

/// Whether a word is a unit of measurement or of counting.
pub(in crate::entity) fn is_unit(lower: &str) -> bool {
    measure(lower).is_some() || counted(lower) || currency(lower).is_some()
}

pub(super) fn measure(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => "km",
        "mile" | "miles" => "miles",
        "metre" | "metres" | "meter" | "meters" => "m",
        "cm" | "cms" | "centimetre" | "centimetres" | "centimeter" | "centimeters" => "cm",
        "mm" | "millimetre" | "millimetres" | "millimeter" | "millimeters" => "mm",
        "ft" | "ft." | "foot" | "feet" => "ft",
        "inch" | "inches" => "inches",
        "yard" | "yards" => "yards",
        "kg" | "kgs" | "kilogram" | "kilograms" | "kilo" | "kilos" => "kg",
        "gram" | "grams" | "grammes" => "g",
        "tonne" | "tonnes" => "t",
        "ton" | "tons" => "tons",
        "lb" | "lbs" => "lb",
        "ounce" | "ounces" => "oz",
        "hectare" | "hectares" | "ha" => "ha",
        "acre" | "acres" => "acres",
        "km²" | "sq" => "km²",
        "km/h" | "kph" => "km/h",
        "mph" => "mph",
        "knots" => "knots",
        "litre" | "litres" | "liter" | "liters" => "l",
        "gallon" | "gallons" => "gallons",
        "barrel" | "barrels" => "barrels",
        "watt" | "watts" => "W",
        "megawatt" | "megawatts" | "mw" => "MW",
        "gigawatt" | "gigawatts" | "gw" => "GW",
        "kilowatt" | "kilowatts" | "kw" => "kW",
        "volts" => "V",
        _ => return None,
    })
}

pub(super) fn counted(lower: &str) -> bool {
    matches!(
        lower,
        "people"
            | "persons"
            | "civilians"
            | "troops"
            | "soldiers"
            | "killed"
            | "dead"
            | "wounded"
            | "injured"
            | "casualties"
            | "deaths"
            | "fatalities"
            | "victims"
            | "refugees"
            | "migrants"
            | "protesters"
            | "demonstrators"
            | "workers"
            | "students"
            | "children"
            | "women"
            | "men"
            | "residents"
            | "inhabitants"
            | "families"
            | "households"
            | "members"
            | "fighters"
            | "militants"
            | "insurgents"
            | "rebels"
            | "policemen"
            | "officers"
            | "prisoners"
            | "detainees"
            | "hostages"
            | "passengers"
            | "patients"
            | "cases"
            | "homes"
            | "houses"
            | "villagers"
            | "employees"
            | "voters"
            | "survivors"
    )
}
