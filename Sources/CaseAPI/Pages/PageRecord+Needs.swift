import CaseStore
import Complaints
package import HTTPTypes

/// What a form has to have for the rules to take it, as the record stands, besides what every body of its kind has to.
package struct FormNeeds: Sendable {
    /// Fields, and objects of fields, by their names.
    package var fields: [String] = []
    /// Whether the customer would be left without a promise, unless something goes on.
    package var wantsTimeline = false
    /// The promises of which it has to be said what becomes of them.
    package var unsettled: [Int64] = []

    package init() {}

    /// Whether a field is one of these, or belongs to one.
    package func has(_ name: String) -> Bool {
        fields.contains { $0.isExactly(name) || name.utf8.starts(with: "\($0)/".utf8) }
    }
}

extension PageRecord {
    /// How often it is asked what else is missing.
    private static let mostRounds = 4

    /// What a request needs besides what its body always does. The rules are asked, with an example of each field that is needed: what
    /// they miss then is added, and they are asked again. What depends on how a yes or no is answered is needed by neither.
    ///
    /// - Parameters:
    ///   - path: of the API.
    ///   - fixed: what the body has besides, the same each time.
    package func needs(
        _ method: HTTPRequest.Method, _ path: String, _ body: BodyFields, fixed: [(name: String, value: String)] = []
    ) throws -> FormNeeds {
        let answers = ["true", "false"]
        let asksFlag = body.all.contains { $0.isRequired && $0.kind == .flag }
        let found = try (asksFlag ? answers : Array(answers.prefix(1))).map { answer in
            try self.needs(method, path, body, fixed, answering: answer)
        }
        var needs = FormNeeds()
        needs.fields = found[0].fields.filter { name in
            found.allSatisfy { $0.fields.contains { $0.isExactly(name) } }
        }
        needs.wantsTimeline = found.contains { $0.wantsTimeline }
        needs.unsettled = found[0].unsettled
        return needs
    }

    private func needs(
        _ method: HTTPRequest.Method, _ path: String, _ body: BodyFields, _ fixed: [(name: String, value: String)],
        answering answer: String
    ) throws -> FormNeeds {
        var needs = FormNeeds()
        for _ in 0..<Self.mostRounds {
            let examples = body.all.filter { field in
                field.isRequired || field.isNeeded && field.alternatives.first.map { $0.isExactly(field.name) } ?? false
                    || needs.has(field.name)
                        && (field.need != .none || needs.fields.contains { $0.isExactly(field.name) })
            }.map { (name: $0.name, value: $0.example(at: asOf, answering: answer)) }
            guard let problem = try refusal(method, path, body, examples, fixed) else { return needs }
            needs.wantsTimeline = problem.kind == .timelineRequired
            if problem.kind == .promisesUnsettled { needs.unsettled = PageProblem(problem: problem).promiseIDs }
            let missing = PageProblem(problem: problem).items.filter {
                $0.code.isExactly(FieldIssue.Code.required.rawValue)
            }
            .compactMap { $0.pointer.map { String($0.dropFirst()) } }
            .filter { name in !needs.fields.contains { $0.isExactly(name) } }
            guard !missing.isEmpty else { return needs }
            needs.fields += missing
        }
        return needs
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
