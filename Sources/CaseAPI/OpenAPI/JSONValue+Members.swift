import Complaints

// A schema read as the JSON that it is.
extension JSONValue {
    /// The member of that name; nil where there is none.
    subscript(name: String) -> JSONValue? {
        let name = ExactText(name)
        return members.first { $0.name == name }?.value
    }

    /// The text that it is; nil for anything else.
    var plainText: String? { if case .string(let text) = self { text.string } else { nil } }

    /// The texts of a list.
    var plainTexts: [String] {
        if case .array(let items) = self { items.compactMap(\.plainText) } else { [] }
    }
}
