import Complaints

// Objects, and lists.
extension FieldReader {
    /// An object in a field that may be left out.
    func optional<T>(
        object name: String, _ meaning: @autoclosure () -> String = "", presence: Presence = .optional,
        _ body: (FieldReader) -> T
    ) -> T? {
        if let recorder { return recorder.note(object: name, meaning(), presence, body) }
        guard let value = given(name) else { return nil }
        return FieldReader.read(
            value, at: path / name, issues: issues, clientClock: clientClock, speaker: speaker, body)
    }

    /// An object in a field that must be there.
    func required<T>(
        object name: String, _ meaning: @autoclosure () -> String = "", placeholder: T, _ body: (FieldReader) -> T
    ) -> T {
        if let value = optional(object: name, meaning(), presence: .required, body) { return value }
        reportMissing(name)
        return placeholder
    }

    /// The objects of a list; none when it is left out, or has another number of items than `count` says.
    func objects<T>(
        _ name: String, _ meaning: @autoclosure () -> String = "", count: ClosedRange<Int>? = nil,
        presence: Presence = .optional, _ body: (FieldReader) -> T
    ) -> [T] {
        if let recorder { return [recorder.note(objects: name, meaning(), presence, count: count, body)] }
        guard let items = list(name), isTaken(items.count, of: name, count) else { return [] }
        let path = path / name
        var objects: [T] = []
        // The request is refused as soon as there is one issue: once no more are listed, the rest need not be read.
        for (index, item) in items.enumerated() where !issues.isOver {
            objects.append(
                FieldReader.read(
                    item, at: path / String(index), issues: issues, clientClock: clientClock, speaker: speaker, body))
        }
        return objects
    }

    /// The items of a list of `count`, each a request in itself: with its own issues, and their paths its own too.
    func requests<T: Sendable>(
        _ name: String, _ meaning: @autoclosure () -> String = "", count: ClosedRange<Int>, _ body: (FieldReader) -> T
    ) -> [Incoming<T>] {
        if let recorder { return [Incoming(recorder.note(objects: name, meaning(), .required, count: count, body))] }
        guard let items = list(name) else {
            if !has(name) { reportMissing(name) }
            return []
        }
        guard isTaken(items.count, of: name, count) else { return [] }
        return items.map { item in
            let issues = issues.ofItem()
            return Incoming(
                FieldReader.read(
                    item, at: .body, issues: issues, clientClock: clientClock, speaker: speaker, body),
                issues: issues.issues)
        }
    }

    /// Whether a list may have so many items; where not, that is noted.
    private func isTaken(_ items: Int, of name: String, _ count: ClosedRange<Int>?) -> Bool {
        guard let count, !count.contains(items) else { return true }
        issue(
            name, items > count.upperBound ? .tooLong : .tooShort,
            "has \(items) items; from \(count.lowerBound) to \(count.upperBound) are taken.")
        return false
    }

    /// The plain values of a list; nil when it is left out.
    func values<Value>(
        _ name: String, _ kind: FieldKind<Value>, _ meaning: @autoclosure () -> String = "",
        count: ClosedRange<Int>, presence: Presence = .optional
    ) -> [Value]? {
        if let recorder {
            recorder.note(name, .array(kind.schema, count), meaning(), presence)
            return nil
        }
        guard let items = list(name) else { return nil }
        guard items.count >= count.lowerBound else {
            issue(name, .tooShort, "has \(items.count) items; at least \(count.lowerBound) must be given.")
            return nil
        }
        guard items.count <= count.upperBound else {
            issue(name, .tooLong, "has \(items.count) items; at most \(count.upperBound) are taken.")
            return nil
        }
        return items.enumerated().compactMap { index, item in
            do throws(FieldFault) {
                return try kind.read(item)
            } catch {
                issues.append(FieldIssue(path / name / String(index), error))
                return nil
            }
        }
    }
}
