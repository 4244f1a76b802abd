import Complaints
import TestSupport

/// Fills in fields of a body by what the description says of them, and knows nothing else of what they mean.
struct SchemaFiller {
    /// Which value is taken where the description has several.
    let round: Int
    let now: Instant
    private let contract = Contract.shared

    /// The body of a request with a value at each pointer.
    func fill(_ body: JSONNode, at pointers: [String], of method: String, _ path: String) -> JSONNode? {
        guard let schema = schema(method, path) else { return nil }
        var body = body
        for pointer in pointers {
            let place = pointer.split(separator: "/").dropFirst().map(String.init)
            guard let value = value(at: place[...], of: body, by: schema) else { return nil }
            body = body.setting(place[...], value)
        }
        return body
    }

    /// What is wrong with a body, by the description.
    func violations(of body: JSONNode, _ method: String, _ path: String) -> [String] {
        schema(method, path).map { contract.schema.violations(of: body, by: $0) } ?? ["nothing is described"]
    }

    private func schema(_ method: String, _ path: String) -> JSONNode? {
        contract.pattern(of: path).flatMap { pattern in
            contract.document["paths"]?[pattern]?[method.lowercased()]?["requestBody"]?["content"]?[
                "application/json"]?["schema"]
        }
    }

    private func value(at place: ArraySlice<String>, of body: JSONNode, by schema: JSONNode) -> JSONNode? {
        guard let name = place.first else { return sample(of: schema) }
        for form in forms(of: schema) {
            guard let property = form["properties"]?[name], isOpen(form, to: body) else { continue }
            return value(at: place.dropFirst(), of: body[name] ?? body.items?[Int(name) ?? 0] ?? .null, by: property)
        }
        // An item of a list, by its position.
        guard let items = body.items, let index = Int(name), let form = forms(of: schema).first,
            let item = form["items"]
        else { return nil }
        return value(at: place.dropFirst(), of: items[index], by: item)
    }

    /// What a schema lets a value be, references followed, but for null.
    private func forms(of schema: JSONNode) -> [JSONNode] {
        if let target = schema["$ref"]?.text.flatMap(contract.schema.resolve) { return forms(of: target) }
        if schema["properties"] != nil { return [schema] }
        guard let choices = schema["anyOf"]?.items ?? schema["oneOf"]?.items else {
            return schema["type"]?.text == "null" || schema["const"] == .null ? [] : [schema]
        }
        return choices.flatMap(forms)
    }

    /// Whether a body can become one of that form: it has no other fields, and none that must be something else.
    private func isOpen(_ form: JSONNode, to body: JSONNode) -> Bool {
        (body.members ?? [:]).allSatisfy { name, value in
            guard let property = form["properties"]?[name] else { return false }
            let constants = [property] + forms(of: property)
            return constants.allSatisfy { $0["const"] == nil || $0["const"] == value }
        }
    }

    private func sample(of schema: JSONNode) -> JSONNode? {
        guard let form = forms(of: schema).first else { return nil }
        if let constant = form["const"] { return constant }
        if let words = form["enum"]?.items?.filter({ $0 != .null }), !words.isEmpty {
            return words[round % words.count]
        }
        let types = form["type"]?.items?.compactMap(\.text) ?? [form["type"]?.text].compactMap(\.self)
        switch types.first {
        case "boolean": return .boolean(round % 2 == 0)
        case "integer": return .number(form["minimum"]?.number ?? 1)
        case "array": return form["items"].flatMap(sample).map { .array([$0]) }
        case "string":
            if form["format"]?.text == "date-time" { return .string((now + .hours(20)).rfc3339) }
            if form["pattern"]?.text?.hasPrefix("^P") ?? false { return .string("P1D") }
            return .string("Word \(round)")
        default: return nil
        }
    }
}
