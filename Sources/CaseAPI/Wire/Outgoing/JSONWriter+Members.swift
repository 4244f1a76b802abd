import Complaints

extension JSONWriter {
    mutating func member(_ name: StaticString, _ text: String?) {
        begin(name)
        if let text { append(escaped: text) } else { append("null" as StaticString) }
    }

    mutating func member(_ name: StaticString, _ integer: Int64?) {
        begin(name)
        if let integer { append(integer) } else { append("null" as StaticString) }
    }

    mutating func member(_ name: StaticString, _ integer: Int?) {
        member(name, integer.map(Int64.init))
    }

    mutating func member(_ name: StaticString, _ flag: Bool) {
        begin(name)
        append(flag ? "true" : "false" as StaticString)
    }

    /// A finite number, in the shortest form that reads back the same.
    mutating func member(_ name: StaticString, _ number: Double?) {
        begin(name)
        if let number { append(number.description) } else { append("null" as StaticString) }
    }

    mutating func member(_ name: StaticString, _ instant: Instant?) {
        begin(name)
        guard let instant else { return append("null" as StaticString) }
        append(UInt8(ascii: "\""))
        instant.withRFC3339 { append($0) }
        append(UInt8(ascii: "\""))
    }

    mutating func member<Word: Vocabulary>(_ name: StaticString, _ word: Word?) {
        member(name, word?.rawValue)
    }

    /// A member whose value `write` writes.
    mutating func member(_ name: StaticString, _ write: (inout JSONWriter) throws -> Void) rethrows {
        begin(name)
        needsComma = false
        try write(&self)
    }

    /// A member whose value is written already.
    mutating func member(_ name: StaticString, written json: [UInt8]) {
        begin(name)
        json.withUnsafeBufferPointer { append($0) }
    }

    mutating func member(_ name: StaticString, object members: (inout JSONWriter) throws -> Void) rethrows {
        begin(name)
        needsComma = false
        try object(members)
    }

    mutating func member(_ name: StaticString, array items: (inout JSONWriter) throws -> Void) rethrows {
        begin(name)
        needsComma = false
        try array(items)
    }

    /// A list of objects, one an item, with the members that `members` writes of it.
    mutating func member<Item>(
        _ name: StaticString, objects items: [Item], _ members: (inout JSONWriter, Item) throws -> Void
    ) rethrows {
        try member(
            name, array: { json in for item in items { try json.object { json in try members(&json, item) } } })
    }

    /// A member whose name is known only at run time.
    mutating func member(named name: String, _ text: String) {
        begin(named: name)
        append(escaped: text)
    }

    mutating func member(named name: String, _ integer: Int64) {
        begin(named: name)
        append(String(integer))
    }

    mutating func member(named name: String, _ integers: [Int64]) {
        begin(named: name)
        needsComma = false
        array { for integer in integers { $0.value(integer) } }
    }

    mutating func member(named name: String, _ texts: [String]) {
        begin(named: name)
        needsComma = false
        array { for text in texts { $0.value(text) } }
    }

    mutating func member(named name: String, _ flag: Bool) {
        begin(named: name)
        append(flag ? "true" : "false" as StaticString)
    }
}
