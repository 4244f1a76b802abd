import TestSupport
import Testing

/// What holds answers to the description would let everything through if it were wrong.
@Suite("The check of answers by their schema")
struct JSONSchemaTests {
    /// A keyword, with a value that it lets through and one that it does not.
    private struct Row: Sendable {
        let keyword: String
        let schema: JSONNode
        let good: JSONNode
        let bad: JSONNode
        var place = "#"
    }

    private static let root: JSONNode = ["words": ["word": ["type": "string"]]]
    private static let rows: [Row] = [
        Row(keyword: "type", schema: ["type": "string"], good: "a", bad: 1),
        Row(keyword: "type", schema: ["type": ["integer", "null"]], good: .null, bad: .number(1.5)),
        Row(keyword: "enum", schema: ["enum": ["a", "b"]], good: "b", bad: "c"),
        Row(keyword: "const", schema: ["const": 1], good: 1, bad: 2),
        Row(keyword: "$ref", schema: ["$ref": "#/words/word"], good: "a", bad: 1),
        Row(keyword: "$ref", schema: ["oneOf": [["$ref": "#/nothing"], ["type": "null"]]], good: .null, bad: 1),
        Row(keyword: "oneOf", schema: ["oneOf": [["type": "string"], ["const": "a"]]], good: "b", bad: "a"),
        Row(keyword: "oneOf", schema: ["oneOf": [["type": "string"], ["type": "integer"]]], good: 1, bad: true),
        Row(keyword: "anyOf", schema: ["anyOf": [["type": "string"], ["const": "a"]]], good: "a", bad: 1),
        Row(
            keyword: "if", schema: ["if": ["required": ["a"]], "then": ["required": ["b"]]], good: ["b": 1],
            bad: ["a": 1], place: "#/b"),
        Row(keyword: "not", schema: ["not": ["required": ["a"]]], good: ["b": 1], bad: ["a": 1]),
        Row(keyword: "required", schema: ["required": ["a"]], good: ["a": 1], bad: ["b": 1], place: "#/a"),
        Row(
            keyword: "properties", schema: ["properties": ["a": ["type": "string"]]], good: ["a": "x"], bad: ["a": 1],
            place: "#/a"),
        Row(
            keyword: "additionalProperties", schema: ["properties": ["a": true], "additionalProperties": false],
            good: ["a": 1], bad: ["b": 1], place: "#/b"),
        Row(
            keyword: "additionalProperties", schema: ["additionalProperties": ["type": "string"]], good: ["a": "x"],
            bad: ["b": 1], place: "#/b"),
        Row(keyword: "items", schema: ["items": ["type": "string"]], good: ["a"], bad: ["a", 1], place: "#/1"),
        Row(keyword: "minItems", schema: ["minItems": 1], good: ["a"], bad: []),
        Row(keyword: "maxItems", schema: ["maxItems": 1], good: ["a"], bad: ["a", "b"]),
        Row(keyword: "minimum", schema: ["minimum": 1], good: 1, bad: 0),
        Row(keyword: "maximum", schema: ["maximum": 1], good: 1, bad: 2),
        Row(keyword: "minLength", schema: ["minLength": 2], good: "äö", bad: "ä"),
        Row(keyword: "maxLength", schema: ["maxLength": 1], good: "ä", bad: "äö"),
        Row(keyword: "pattern", schema: ["pattern": "^[a-z]+$"], good: "a", bad: "1"),
        Row(keyword: "format", schema: ["format": "date-time"], good: "2026-03-01T09:00:00Z", bad: "2026-03-01"),
        Row(keyword: "format", schema: ["format": "date"], good: "2026-03-01", bad: "March"),
        Row(
            keyword: "an unknown one", schema: ["properties": ["a": ["colour": 1]]], good: [:], bad: ["a": 1],
            place: "#/a"),
    ]

    @Test("lets through what each keyword lets through, and says where what it does not is")
    func keywords() {
        let schema = JSONSchema(root: Self.root)
        for row in Self.rows {
            #expect(schema.violations(of: row.good, by: row.schema) == [], "\(row.keyword)")
            let found = schema.violations(of: row.bad, by: row.schema)
            #expect(
                !found.isEmpty && found.allSatisfy { $0.hasPrefix("\(row.place) ") || $0.hasPrefix("\(row.place):") })
            // As deep as it may be.
            let deep: JSONNode = ["properties": ["x": ["items": row.schema]]]
            #expect(schema.violations(of: ["x": [row.good, row.good]], by: deep) == [], "\(row.keyword)")
            #expect(schema.violations(of: ["x": [row.good, row.bad]], by: deep).count == found.count, "\(row.keyword)")
        }
    }

    @Test("tells all that is wrong, each with its place")
    func all() {
        let schema: JSONNode = [
            "required": ["a", "b"], "properties": ["c": ["type": "string"]], "additionalProperties": false,
        ]
        let found = JSONSchema(root: [:]).violations(of: ["c": 1, "d": 1], by: schema, at: "body")
        #expect(Set(found.map { $0.prefix { $0 != " " } }) == ["body/a", "body/b", "body/c", "body/d"])
        #expect(found.count == 4)
    }

    @Test("of a part misses nothing, but for what tells one thing from another")
    func parts() {
        let schema = JSONSchema(root: [:]).ofParts
        #expect(schema.violations(of: ["a": 1], by: ["required": ["a", "b"]]) == [])
        #expect(schema.violations(of: ["a": 1], by: ["properties": ["a": ["type": "string"]]]) != [])
        #expect(schema.violations(of: ["a": 1], by: ["not": ["required": ["a", "b"]]]) == [])
        #expect(schema.violations(of: ["a": 1, "b": 1], by: ["not": ["required": ["a", "b"]]]) != [])
        #expect(schema.violations(of: ["a": 1], by: ["oneOf": [["required": ["b"]], ["required": ["c"]]]]) == [])
    }

    @Test("has been tried with every keyword of the description")
    func known() {
        var used: Set<String> = []
        for schema in (Contract.shared.document["components"]?["schemas"]?.members ?? [:]).values {
            Self.gather(schema, into: &used)
        }
        #expect(used.count > 10)
        let silent: Set = ["description", "title", "examples", "default", "then"]
        #expect(used.subtracting(silent).subtracting(Self.rows.map(\.keyword)) == [])
    }

    private static func gather(_ schema: JSONNode, into used: inout Set<String>) {
        for (keyword, argument) in schema.members ?? [:] {
            used.insert(keyword)
            let further: [JSONNode] =
                switch keyword {
                case "properties": Array((argument.members ?? [:]).values)
                case "oneOf", "anyOf": argument.items ?? []
                case "items", "additionalProperties", "not", "if", "then": [argument]
                default: []
                }
            for schema in further { gather(schema, into: &used) }
        }
    }
}
