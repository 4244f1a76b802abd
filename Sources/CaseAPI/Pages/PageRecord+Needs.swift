import CaseStore
import Complaints
package import HTTPTypes

/// What a form has to have for the rules to take it, as the record stands, besides what every body of its kind has to.
package struct FormNeeds: Sendable {
    /// Fields, and objects of fields, by their names.
    package var fields: [String] = []
    /// Those that are needed where a yes or no is answered in one way alone.
    package var ifAnswered: [Condition] = []
    /// Whether the customer would be left without a promise, unless something goes on.
    package var wantsTimeline = false
    /// The promises of which it has to be said what becomes of them.
    package var unsettled: [Int64] = []

    /// What is needed as soon as a yes or no, by the name of its field, is answered so.
    package struct Condition: Sendable {
        package let field: String
        package let flag: String
        package let answer: Bool
    }

    package init() {}

    /// By which answer a field is needed, or what it belongs to; nil where it is not, or by any.
    package func condition(of name: String) -> Condition? {
        ifAnswered.first { $0.field.isExactly(name) || name.utf8.starts(with: "\($0.field)/".utf8) }
    }

    /// Whether a field is one of these, or belongs to one.
    package func has(_ name: String) -> Bool {
        fields.contains { $0.isExactly(name) || name.utf8.starts(with: "\($0)/".utf8) }
    }
}

extension PageRecord {
    /// How often it is asked what else is missing.
    private static let mostRounds = 4

    /// What a request needs besides what its body always does. The rules are asked, with an example of each field that is needed: what
    /// they miss then is added, and they are asked again. What depends on how a yes or no is answered is told with that answer.
    ///
    /// - Parameters:
    ///   - path: of the API.
    ///   - fixed: what the body has besides, the same each time.
    package func needs(
        _ method: HTTPRequest.Method, _ path: String, _ body: BodyFields, fixed: [(name: String, value: String)] = []
    ) throws -> FormNeeds {
        let answers = ["true", "false"]
        let flag = body.all.first { $0.isRequired && $0.kind == .flag }
        let found = try (flag != nil ? answers : Array(answers.prefix(1))).map { answer in
            try self.needs(method, path, body, fixed, answering: answer)
        }
        var needs = FormNeeds()
        func isAlways(_ name: String) -> Bool {
            found.allSatisfy { $0.fields.contains { $0.isExactly(name) } }
        }
        needs.fields = found[0].fields.filter(isAlways)
        if let flag {
            needs.ifAnswered = zip(found, [true, false]).flatMap { found, answer in
                found.fields.filter { !isAlways($0) }
                    .map { FormNeeds.Condition(field: $0, flag: flag.name, answer: answer) }
            }
        }
        needs.wantsTimeline = found.contains { $0.wantsTimeline }
        needs.unsettled = found[0].unsettled
        return needs
    }

    /// Whether the rules would refuse a request as somebody else's to make than whoever looks, with what is known of its fields and an
    /// example of each other that it can't be without.
    package func isOthers(
        _ method: HTTPRequest.Method, _ path: String, _ body: BodyFields, knowing known: [String: String],
        fixed: [(name: String, value: String)] = []
    ) throws -> Bool {
        let examples = body.all.filter { field in
            field.isRequired || field.isNeeded && field.alternatives.first.map { $0.isExactly(field.name) } ?? false
        }.filter { known[$0.name] == nil }.map { (name: $0.name, value: $0.example(at: asOf, answering: "true")) }
        let told = known.filter { body[$0.key] != nil }.map { (name: $0.key, value: $0.value) }
        do {
            return try refusal(method, path, body, examples + told, fixed)?.kind.status == .forbidden
        } catch let problem as Problem {
            return problem.kind.status == .forbidden
        }
    }

    private func needs(
        _ method: HTTPRequest.Method, _ path: String, _ body: BodyFields, _ fixed: [(name: String, value: String)],
        answering answer: String
    ) throws -> FormNeeds {
        var needs = FormNeeds()
        // Where something has to go on, what else is missing is said once it does.
        var continuation: [BodyField] = []
        for _ in 0..<Self.mostRounds {
            let examples = body.all.filter { field in
                field.isRequired || continuation.contains { $0.name.isExactly(field.name) }
                    || field.isNeeded && field.alternatives.first.map { $0.isExactly(field.name) } ?? false
                    || needs.has(field.name)
                        && (field.need != .none || needs.fields.contains { $0.isExactly(field.name) })
            }.map { (name: $0.name, value: $0.example(at: asOf, answering: answer)) }
            guard let problem = try refusal(method, path, body, examples, fixed) else { return needs }
            if problem.kind == .timelineRequired, continuation.isEmpty {
                needs.wantsTimeline = true
                continuation = Self.continuation(in: body)
                continue
            }
            if problem.kind == .promisesUnsettled { needs.unsettled = PageProblem(problem: problem).promiseIDs }
            let missing = PageProblem(problem: problem).items.filter {
                $0.code.isExactly(FieldIssue.Code.required.rawValue)
            }
            .compactMap { $0.pointer.map { String($0.dropFirst()) } }
            .filter { name in
                !needs.fields.contains { $0.isExactly(name) } && !name.utf8.starts(with: Self.goesOn.utf8)
            }
            guard !missing.isEmpty else { return needs }
            needs.fields += missing
        }
        return needs
    }

    private static let goesOn = "next_promise/"

    /// What the next promise in a body can't be without.
    private static func continuation(in body: BodyFields) -> [BodyField] {
        body.all.filter { field in
            field.name.utf8.starts(with: goesOn.utf8) && field.need == .object
                && field.alternatives.first.map { $0.isExactly(field.name) } ?? true
        }
    }

    /// Why the rules would not take a request with these fields; nil where they would.
    private func refusal(
        _ method: HTTPRequest.Method, _ path: String, _ body: BodyFields,
        _ examples: [(name: String, value: String)], _ fixed: [(name: String, value: String)]
    ) throws -> Problem? {
        let form = try FormFields(Array((QueryParameters.encoded(examples) ?? "").utf8))
        let reading = FormReading(zone: call.deskZone, now: asOf, durations: DurationWords([]))
        let json = fixed.reduce(try body.body(of: form, reading)) { $0.setting($1.name, .string($1.value)) }
        let request = call.request(for: FormRequest(method, path, json, ifMatch: "*"))
        let route = call.call.service.apiRoute(of: request)
        guard case .change(let plan) = route.endpoint.handler,
            case .cases(let command, _) = try plan(call.call.asking(request, route))
        else { return nil }
        return try transaction.refusal(of: command, by: call.call.actor).flatMap(Problem.of)
    }
}

extension BodyField {
    /// Something that it can have, for the rules to be asked with.
    ///
    /// - Parameter answer: to a yes or no.
    fileprivate func example(at now: Instant, answering answer: String) -> String {
        switch kind {
        case .line, .text, .texts: "x"
        case .words(let words): words.first ?? ""
        case .flag: answer
        case .number: "1"
        case .instant: (isPast ? now : now + .hours(1)).rfc3339
        case .duration: "PT1H"
        case .date: CivilDate(of: now, in: .utc).iso8601
        }
    }
}
