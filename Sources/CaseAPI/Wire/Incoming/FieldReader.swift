import Complaints

/// Parser of one JSON object into a value of the domain: it notes every issue instead of stopping at the first. A value
/// that could not be read is replaced by a placeholder; its issue keeps the request from being acted on.
///
/// The same calls describe the object: run with a `FieldRecorder` in place of a request, they yield its JSON Schema. What
/// a field means is said beside its read, and is looked at then only.
final class FieldReader {
    let path: FieldPath
    private let members: [JSONValue.Member]
    /// Where each of many members is, so that they need not all be compared with each name that is asked for.
    private let places: [ExactText: Int]?
    /// Up to how many are looked through one by one.
    private static let few = 32
    /// Which lengths their names have, a bit each: most of what is asked for was not sent, and is told so without a comparison.
    private let lengths: UInt64
    /// False when there was no object at all: then nothing more is said about what is missing in it.
    private let isObject: Bool
    private let issues: IssueList
    /// How the clock of who sent it is taken.
    private let clientClock: ClientClock
    /// Whom `me` stands for.
    let speaker: Speaker
    /// Names that were asked for, some more than once.
    private var asked: [String] = []
    /// Which members were asked for, so that none has to be looked for among the names.
    private var isAsked: [Bool]
    /// Where the last member was found: most clients send their fields in an order, and ask for them in the same.
    private var lastPlace = 0
    /// Looked at only where something was sent that was not asked for.
    private var readOnly: [() -> [String]] = []
    /// Those that a PUT may have nevertheless, as GET gave them.
    private var sentBack: [ExactText] = []
    private var takesAnything = false
    /// What the reads are noted by, where there is no request.
    let recorder: FieldRecorder?

    /// One that reads nothing: whoever asks it for fields describes them.
    init(recorder: FieldRecorder) {
        self.recorder = recorder
        path = .body
        members = []
        isAsked = []
        places = nil
        lengths = 0
        isObject = false
        issues = IssueList()
        clientClock = ClientClock()
        speaker = .unknown
    }

    private init(
        _ value: JSONValue, at path: FieldPath, issues: IssueList, clientClock: ClientClock, speaker: Speaker
    ) {
        recorder = nil
        self.path = path
        self.issues = issues
        self.clientClock = clientClock
        self.speaker = speaker
        asked.reserveCapacity(24)
        if case .object(let members) = value {
            self.members = members
            lengths = members.reduce(0) { $0 | Self.bit(of: $1.name.string.utf8.count) }
            isAsked = Array(repeating: false, count: members.count)
            places =
                members.count > Self.few
                ? Dictionary(uniqueKeysWithValues: members.indices.map { (members[$0].name, $0) }) : nil
            isObject = true
        } else {
            members = []
            isAsked = []
            places = nil
            lengths = 0
            isObject = false
            issues.append(FieldIssue(path, FieldKind<Void>.wrongType(value, expected: "an object")))
        }
    }

    /// What `body` makes of an object; afterwards every member that it did not ask for is an issue.
    static func read<T>(
        _ value: JSONValue, at path: FieldPath, issues: IssueList,
        clientClock: ClientClock = ClientClock(), speaker: Speaker = .unknown, _ body: (FieldReader) -> T
    ) -> T {
        let reader = FieldReader(value, at: path, issues: issues, clientClock: clientClock, speaker: speaker)
        let result = body(reader)
        reader.reportUnasked()
        return result
    }

    /// A field that may be left out, or null for the same.
    func optional<Value>(
        _ name: String, _ kind: FieldKind<Value>, _ meaning: @autoclosure () -> String = "",
        presence: Presence = .optional
    ) -> Value? {
        if let recorder {
            recorder.note(name, kind.schema, meaning(), presence)
            return nil
        }
        if case .value(let value) = field(name, kind) { return value }
        return nil
    }

    /// A field that must be there.
    func required<Value>(
        _ name: String, _ kind: FieldKind<Value>, _ meaning: @autoclosure () -> String = "", placeholder: Value
    ) -> Value {
        if let recorder {
            recorder.note(name, kind.schema, meaning(), .required)
            return placeholder
        }
        switch field(name, kind) {
        case .value(let value): return value
        case .unreadable: return placeholder
        case .absent, .null:
            reportMissing(name)
            return placeholder
        }
    }

    /// A field of a merge patch (RFC 7396) whose value can be taken away: nil leaves it, `.some(nil)` takes it away.
    func patched<Value>(
        _ name: String, _ kind: FieldKind<Value>, _ meaning: @autoclosure () -> String = ""
    ) -> Value?? {
        if let recorder {
            recorder.note(name, kind.schema, meaning(), .optional)
            return .none
        }
        return switch field(name, kind) {
        case .value(let value): .some(value)
        case .null: .some(nil)
        case .absent, .unreadable: .none
        }
    }

    /// A field of a merge patch that always has a value.
    func replaced<Value>(
        _ name: String, _ kind: FieldKind<Value>, _ meaning: @autoclosure () -> String = ""
    ) -> Value? {
        if let recorder {
            recorder.note(name, kind.schema, meaning(), .replaced)
            return nil
        }
        switch field(name, kind) {
        case .value(let value): return value
        case .absent, .unreadable: return nil
        case .null:
            issue(name, .required, "must have a value.")
            return nil
        }
    }

    /// An instant that has passed, in a field that may be left out.
    ///
    /// - Parameter meaning: what happened then.
    func past(_ name: String, _ meaning: @autoclosure () -> String) -> PastInstant? {
        optional(name, .instant, "\(meaning())\(Self.untilNow)").map(clientClock.past)
    }

    /// What the description of every instant that has passed ends with.
    static let untilNow = ", not after now, by clocks that differ by two seconds; without it, now."

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

extension FieldReader {
    /// Whether a field was sent with a value other than null.
    func has(_ name: String) -> Bool {
        given(name) != nil
    }

    /// Whether a field was sent, be it as null.
    func isSent(_ name: String) -> Bool { place(of: name) != nil }

    /// Whether a field was sent as null.
    func hasNull(_ name: String) -> Bool {
        member(name) == .null
    }

    func issue(_ name: String, _ code: FieldIssue.Code, _ detail: String) {
        issues.append(FieldIssue(path / name, code, detail))
    }

    /// Says that a field must be there, unless there was no object to hold it.
    func reportMissing(_ name: String, _ detail: String = "must be given.") {
        if isObject { issue(name, .required, detail) }
    }

    /// Fields that exist but are not for clients to write.
    func readOnly(_ names: @autoclosure @escaping () -> [String]) {
        readOnly.append(names)
    }

    /// The same of a PUT, which may have them as GET gave them: whether they are that is for `SentBack` to tell.
    func sentBack(_ names: [String]) {
        sentBack += names.map { ExactText($0) }
    }

    /// Whether a field was sent, and is that number.
    func holds(_ name: String, _ number: Int64) -> Bool {
        place(of: name).map { members[$0].value == .integer(number) } ?? false
    }

    /// What else is there can't be judged, since a field that decides it was not readable.
    func ignoreTheRest() {
        takesAnything = true
    }
}

extension FieldReader {
    private enum Field<Value> {
        case absent, null, unreadable
        case value(Value)
    }

    private func field<Value>(_ name: String, _ kind: FieldKind<Value>) -> Field<Value> {
        guard let value = member(name) else { return .absent }
        if value == .null { return .null }
        do throws(FieldFault) {
            if let readFrom = kind.readFrom {
                if let read = try readFrom(value, speaker) { return .value(read) }
                issues.noteMissingSpeaker()
                return .unreadable
            }
            return .value(try kind.read(value))
        } catch {
            issues.append(FieldIssue(path / name, error))
            return .unreadable
        }
    }

    private func member(_ name: String) -> JSONValue? {
        asked.append(name)
        guard let place = place(of: name) else { return nil }
        (isAsked[place], lastPlace) = (true, place)
        return members[place].value
    }

    private func place(of name: String) -> Int? {
        if let places { return places[ExactText(name)] }
        let length = name.utf8.count
        guard lengths & Self.bit(of: length) != 0 else { return nil }
        for place in lastPlace..<members.count where isMember(place, name, length) { return place }
        for place in 0..<lastPlace where isMember(place, name, length) { return place }
        return nil
    }

    private static func bit(of length: Int) -> UInt64 { 1 << UInt64(length & 63) }

    /// Most names differ in length already.
    private func isMember(_ place: Int, _ name: String, _ length: Int) -> Bool {
        let member = members[place].name.string
        return member.utf8.count == length && member.isExactly(name)
    }

    private func given(_ name: String) -> JSONValue? {
        guard let value = member(name), value != .null else { return nil }
        return value
    }

    private func list(_ name: String) -> [JSONValue]? {
        guard let value = given(name) else { return nil }
        guard case .array(let items) = value else {
            issues.append(FieldIssue(path / name, FieldKind<Void>.wrongType(value, expected: "an array")))
            return nil
        }
        return items
    }

    private func reportUnasked() {
        guard !takesAnything, isAsked.contains(false) else { return }
        var known = KnownNames(asked.map { ExactText($0) })
        let readOnly = readOnly.flatMap { $0() }.map { ExactText($0) }
        for (place, member) in members.enumerated() where !isAsked[place] {
            guard !issues.isOver else { return }
            let name = member.name
            if sentBack.contains(name) {
                issues.noteSentBack(member)
            } else if readOnly.contains(name) {
                issue(name.string, .readOnlyField, "can't be written: leave it out.")
            } else {
                issue(name.string, .unknownField, issues.advice(for: name, among: &known))
            }
        }
    }
}
