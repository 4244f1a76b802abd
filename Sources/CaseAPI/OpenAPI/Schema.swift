import Complaints

/// A JSON Schema (draft 2020-12), as the document writes it.
struct Schema: Sendable {
    let json: JSONValue

    init(_ json: JSONValue) {
        self.json = json
    }

    /// The schema of that name among the components.
    static func named(_ name: String) -> Schema {
        Schema(["$ref": "#/components/schemas/\(name)"])
    }

    /// One of the words of a closed set.
    static func words<Word: Vocabulary>(_ type: Word.Type) -> Schema {
        words(Array(Word.allCases))
    }

    /// One of some words of a closed set.
    static func words<Word: Vocabulary>(_ words: [Word]) -> Schema {
        Schema(["type": "string", "enum": .texts(words.map(\.rawValue))])
    }

    /// That one word.
    static func word(_ word: String) -> Schema {
        Schema(["type": "string", "const": .string(word)])
    }

    static let text = Schema(["type": "string"])
    static let flag = Schema(["type": "boolean"])
    /// Nothing but null, for a member that has no value. As a `const`, since generators make nothing of a `type` of null
    /// alone.
    static let null = Schema(["const": nil])

    static func flag(_ value: Bool) -> Schema {
        Schema(["type": "boolean", "const": .boolean(value)])
    }

    /// A whole number within 64 bits.
    static func integer(_ range: ClosedRange<Int64> = .min ... .max) -> Schema {
        var json: JSONValue = ["type": "integer", "format": "int64"]
        if range.lowerBound > .min { json = json.setting("minimum", .integer(range.lowerBound)) }
        if range.upperBound < .max { json = json.setting("maximum", .integer(range.upperBound)) }
        return Schema(json)
    }

    /// How many there are of something, or how long it takes.
    static let count = integer(0 ... .max)

    /// A length of time in seconds, to the millisecond.
    static let seconds = Schema(["type": "number", "minimum": 0])

    /// A length of time in days of 24 hours, to the thousandth.
    static let days = Schema(["type": "number", "minimum": 0])

    static func array(_ items: Schema, _ bounds: ClosedRange<Int>? = nil) -> Schema {
        var json: JSONValue = ["type": "array", "items": items.json]
        if let bounds {
            if bounds.lowerBound > 0 { json = json.setting("minItems", .integer(Int64(bounds.lowerBound))) }
            json = json.setting("maxItems", .integer(Int64(bounds.upperBound)))
        }
        return Schema(json)
    }

    /// Exactly one of them.
    static func oneOf(_ schemas: [Schema]) -> Schema {
        Schema(["oneOf": .array(schemas.map(\.json))])
    }

    /// An object of exactly these fields.
    static func object(_ fields: [Field]) -> Schema {
        let required = fields.filter(\.isRequired).map(\.name)
        var json: JSONValue = ["type": "object"]
        if !required.isEmpty { json = json.setting("required", .texts(required)) }
        json = json.setting("properties", .members(fields.map { ($0.name, $0.schema.json) }))
        return Schema(json.setting("additionalProperties", false))
    }

    /// The schema, or null.
    var orNull: Schema {
        let members = json.members
        guard let type = members.first(where: { $0.name == "type" })?.value, case .string = type,
            !members.contains(where: { $0.name == "const" })
        else { return Schema(["anyOf": [json, ["type": "null"]]]) }
        var json = json.setting("type", .array([type, "null"]))
        if case .array(let words)? = members.first(where: { $0.name == "enum" })?.value {
            json = json.setting("enum", .array(words + [.null]))
        }
        return Schema(json)
    }

    /// With a member more.
    func with(_ name: String, _ value: JSONValue) -> Schema {
        Schema(json.setting(name, value))
    }

    /// With what it means. A reference stays as it is: generators take none that has other members beside it.
    func described(_ text: String) -> Schema {
        text.isEmpty || json.members.contains { $0.name == "$ref" } ? self : with("description", .string(text))
    }
}

/// A member of an object that the document describes.
struct Field: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool

    /// A member that is always there.
    static func always(_ name: String, _ schema: Schema, _ description: String = "") -> Field {
        Field(name: name, schema: schema.described(description), isRequired: true)
    }

    /// A member that may be missing.
    static func sometimes(_ name: String, _ schema: Schema, _ description: String = "") -> Field {
        Field(name: name, schema: schema.described(description), isRequired: false)
    }

    /// A field of a request that may be left out, or null for the same.
    static func optional(_ name: String, _ schema: Schema, _ description: String = "") -> Field {
        sometimes(name, schema.orNull, description)
    }

    /// A member of an answer that is always there, and null when there is no value.
    static func nullable(_ name: String, _ schema: Schema, _ description: String = "") -> Field {
        always(name, schema.orNull, description)
    }
}
