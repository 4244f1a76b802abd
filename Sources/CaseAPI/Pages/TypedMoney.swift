package import Complaints

/// An amount of money as people type it, in units of its currency (`150.50`), where the API has whole minor units (`15050`).
package enum TypedMoney {
    /// What fields with an amount are called, in whichever body; each stands beside one that is called `currency`.
    package static let names = ["amount", "award", "value_at_stake"]

    /// Whether a field has an amount of money.
    package static func isAmount(_ field: BodyField) -> Bool {
        guard field.kind == .number, let leaf = field.path.last else { return false }
        return names.contains { $0.isExactly(leaf) }
    }

    /// The name of the field that says whose units they are.
    package static func currency(beside name: String) -> String {
        (name.split(separator: "/").dropLast() + ["currency"]).joined(separator: "/")
    }

    /// An amount in minor units; nil for what is none, has more digits behind its point than the currency, or is too much for 64 bits.
    package static func minorUnits(typed text: String, in currency: Currency) -> Int64? {
        let parts = String(text.trimmingSpaces).utf8.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let digits = currency.minorDigits
        guard let whole = parts.first, !whole.isEmpty, parts.count <= 2, parts.count == 1 || !parts[1].isEmpty,
            parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let rest = parts.count == 2 ? String(decoding: Array(parts[1]), as: UTF8.self) : ""
        guard rest.utf8.count <= digits else { return nil }
        return Int64(
            String(decoding: Array(whole), as: UTF8.self) + rest
                + String(repeating: "0", count: digits - rest.utf8.count))
    }

    /// What was typed of an amount as the API has it; as it was typed, where it is none, or nobody says of which currency.
    package static func sent(_ text: String, in code: String?) -> String {
        code.flatMap { Currency($0) }.flatMap { minorUnits(typed: text, in: $0) }.map(String.init) ?? text
    }

    /// An amount of the API as it is typed; as it is, where it has no currency.
    package static func shown(_ minorUnits: String, in code: String?) -> String {
        guard let amount = Int64(minorUnits), let currency = code.flatMap({ Currency($0) }) else { return minorUnits }
        return String(Money(amount: amount, currency: currency).words.prefix { $0 != " " })
    }
}
