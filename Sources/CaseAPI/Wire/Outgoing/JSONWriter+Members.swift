import Complaints

extension JSONWriter {
    mutating func member(_ name: StaticString, _ value: some ShownValue) {
        begin(name)
        value.write(to: &self)
    }

    mutating func member<Word: Vocabulary>(_ name: StaticString, _ word: Word?) {
        member(name, word.map(ShownWord.init))
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
    mutating func member(named name: String, _ value: some ShownValue) {
        begin(named: name)
        value.write(to: &self)
    }
}
