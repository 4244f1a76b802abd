import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

/// One way to read something: a route of the map in a form that it has. The next route is among them by itself.
struct ReadTarget: Sendable, CustomStringConvertible {
    let path: String
    /// Parameters that choose the form.
    let form: String

    var description: String { path + (form.isEmpty ? "" : "?\(form)") }

    /// With further parameters.
    func with(_ parameters: String) -> String {
        let all = [form, parameters].filter { !$0.isEmpty }
        return path + (all.isEmpty ? "" : "?" + all.joined(separator: "&"))
    }

    /// Everything that is read from the record, in every form.
    static var all: [ReadTarget] {
        RouteMap.table.routes.flatMap { route -> [ReadTarget] in
            guard route.method == .get else { return [] }
            let path = route.pattern.replacing("{id}", with: "1").replacing("{seq}", with: "1")
                .replacing("{severity}", with: "low")
            let isList = route.endpoint.representations.contains(.csv)
            switch route.endpoint.handler {
            case .plain, .readiness, .write, .bulk: return []
            case .read where isList:
                return ["", "limit=2", "format=csv", "format=csv&limit=2"].map { ReadTarget(path: path, form: $0) }
            case .report where isList: return ["", "format=csv"].map { ReadTarget(path: path, form: $0) }
            case .read, .report, .follow, .figures: return [ReadTarget(path: path, form: "")]
            }
        }
    }

    /// The lists among them that have cursors.
    static var lists: [ReadTarget] { all.filter { $0.form == "limit=2" } }

    /// Whether it takes `as_of`, as the service itself says.
    func takesAsOf(_ client: TestClient) throws -> Bool {
        let answer = try client.get(with("as_of=2000-01-01T00:00:00Z"))
        return !answer.errors.contains("as_of unknown_parameter")
    }
}
