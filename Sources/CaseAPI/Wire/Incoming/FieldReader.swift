import Complaints

/// Parser of one JSON object into a value of the domain: it notes every issue instead of stopping at the first. A value
/// that could not be read is replaced by a placeholder; its issue keeps the request from being acted on.
///
/// The same calls describe the object: run with a `FieldRecorder` in place of a request, they yield its JSON Schema. What
/// a field means is said beside its read, and is looked at then only.
final class FieldReader {
    let path: FieldPath
    private var members: ObjectMembers
    /// False when there was no object at all: then nothing more is said about what is missing in it.
    private let isObject: Bool
    let issues: IssueList
    /// How the clock of who sent it is taken.
    let clientClock: ClientClock
    /// Whom `me` stands for.
    let speaker: Speaker
    /// Names that were asked for, some more than once.
    private var asked: [String] = []
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
        members = ObjectMembers([])
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
            self.members = ObjectMembers(members)
            isObject = true
        } else {
            members = ObjectMembers([])
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
}

extension FieldReader {
    /// Whether a field was sent with a value other than null.
    func has(_ name: String) -> Bool {
        given(name) != nil
    }

    /// Whether a field was sent, be it as null.
    func isSent(_ name: String) -> Bool { members[name] != nil }

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
        members[name] == .integer(number)
    }

    /// What else is there can't be judged, since a field that decides it was not readable.
    func ignoreTheRest() {
        takesAnything = true
    }
}

extension FieldReader {
    /// The value of a field, be it null.
    func member(_ name: String) -> JSONValue? {
        asked.append(name)
        return members.asked(for: name)
    }

    /// The value of a field that is not null.
    func given(_ name: String) -> JSONValue? {
        guard let value = member(name), value != .null else { return nil }
        return value
    }

    /// The items of a list; nil where it is left out, or is none.
    func list(_ name: String) -> [JSONValue]? {
        guard let value = given(name) else { return nil }
        guard case .array(let items) = value else {
            issues.append(FieldIssue(path / name, FieldKind<Void>.wrongType(value, expected: "an array")))
            return nil
        }
        return items
    }

    private func reportUnasked() {
        guard !takesAnything, members.hasUnasked else { return }
        var known = KnownNames(asked.map { ExactText($0) })
        let readOnly = readOnly.flatMap { $0() }.map { ExactText($0) }
        for member in members.unasked {
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
