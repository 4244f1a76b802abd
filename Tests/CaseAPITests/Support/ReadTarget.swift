import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

/// One way to read something: a route of the map in a form that it has. The next route is among them by itself.
struct ReadTarget: Sendable, CustomStringConvertible {
    let path: String
    /// What it can't be asked without, as its operation has that.
    let required: String
    /// Parameters that choose the form.
    let form: String
    /// Whether its route's reads take long.
    let isReport: Bool
    /// Whether it has rows, and so CSV too.
    let isList: Bool

    var description: String { path + (form.isEmpty ? "" : "?\(form)") }

    /// With further parameters.
    func with(_ parameters: String) -> String {
        let all = [required, form, parameters].filter { !$0.isEmpty }
        return path + (all.isEmpty ? "" : "?" + all.joined(separator: "&"))
    }

    /// Everything that is read from the record, in every form.
    static var all: [ReadTarget] {
        RouteMap.table.routes.flatMap { route -> [ReadTarget] in
            guard route.method == .get else { return [] }
            let path = route.examplePath
            let isList = route.endpoint.representations.contains(.csv)
            guard case .read = route.endpoint.handler else { return [] }
            // On the loop at once, on it in its turn, and where reports are.
            let forms =
                !isList
                ? [""]
                : route.endpoint.isReport
                    ? ["", "format=csv"] : ["", "limit=2", "limit=500", "format=csv", "format=csv&limit=2"]
            return forms.map { form in
                ReadTarget(
                    path: path, required: route.requiredQuery, form: form, isReport: route.endpoint.isReport,
                    isList: isList)
            }
        }
    }

    /// Every list and report, in its usual form.
    static var tables: [ReadTarget] { all.filter { $0.isList && $0.form.isEmpty } }

    /// The reports, by what their paths end in.
    static var reports: [String] {
        tables.filter(\.isReport).compactMap { $0.path.split(separator: "/").last.map(String.init) }
    }

    /// Where a report is, asked with such parameters.
    static func report(_ name: String, _ parameters: String = "") -> String {
        all.first { $0.path == "/v1/reports/\(name)" }?.with(parameters) ?? "/v1/reports/\(name)?\(parameters)"
    }

    /// What is open to all, and says the same to all.
    static var open: [String] {
        RouteMap.table.routes.filter { $0.endpoint.role == nil && !$0.endpoint.isLinked }.map(\.examplePath)
    }

    /// The lists among them that have cursors: events go on by their ids.
    static var lists: [ReadTarget] { all.filter { $0.form == "limit=2" && $0.path != "/v1/events" } }

    /// Whether it takes `as_of`, as the service itself says.
    func takesAsOf(_ client: TestClient) throws -> Bool {
        let answer = try client.get(with("as_of=2000-01-01T00:00:00Z"))
        return !answer.errors.contains("as_of unknown_parameter")
    }
}

extension Route<Endpoint> {
    /// The parameters that a request must have, with their examples.
    var requiredQuery: String {
        let parameters = APIOperation.of(method, pattern)?.query.parameters ?? []
        return parameters.filter(\.isRequired).map { "\($0.name)=\($0.example.text ?? "")" }.joined(separator: "&")
    }

    /// A path that the pattern stands for, of something that is there as soon as there is a case.
    var examplePath: String {
        let name = pattern.hasPrefix("/v1/policies") ? "low" : "Kim"
        return pattern.replacing("{name}", with: name).replacing("{code}", with: "stale")
            .replacing("{secret}", with: ShareRoutes.exampleSecret).replacing(/{\w+}/, with: "1")
    }
}
