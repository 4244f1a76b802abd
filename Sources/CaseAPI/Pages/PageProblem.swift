import Complaints
package import HTTPTypes

/// What the API said instead of doing what a page wanted.
package struct PageProblem: Error, Sendable {
    let problem: Problem

    package var status: HTTPResponse.Status { problem.kind.status }
    /// For programs.
    package var code: String { problem.kind.rawValue }
    package var title: String { problem.kind.title }
    /// What happened and what to do, in a sentence.
    package var detail: String { problem.detail }
    /// Such as Retry-After.
    package var headerFields: HTTPFields { problem.headerFields }

    /// One wrong field or parameter.
    package struct Item: Sendable {
        /// The JSON pointer of a field, such as `/due_at`; nil for a parameter.
        package let pointer: String?
        /// The name of a parameter.
        package let parameter: String?
        package let code: String
        package let detail: String
        /// What was most likely meant by what was typed; nil where that is not known.
        package let meant: String?
    }

    /// All that is wrong, in the order of the API.
    package var items: [Item] {
        problem.errors.map { item in
            switch item.place {
            case .pointer(let pointer):
                Item(
                    pointer: String(pointer.dropFirst()), parameter: nil, code: item.code, detail: item.detail,
                    meant: item.meant)
            case .parameter(let name):
                Item(pointer: nil, parameter: name, code: item.code, detail: item.detail, meant: nil)
            }
        }
    }

    /// The promises that it is about, where it names some.
    package var promiseIDs: [Int64] {
        for member in problem.members {
            if case .integers(let ids) = member.value, member.name == .promiseIDs { return ids }
        }
        return []
    }

    /// The same where the fields have other names: each, without what begins a pointer, as `name` has it.
    package func naming(_ name: (String) -> String) -> PageProblem {
        var problem = problem
        problem.errors = problem.errors.map { item in
            guard case .pointer(let pointer) = item.place else { return item }
            return Problem.Item(
                place: .pointer("#/" + name(String(pointer.dropFirst(2)))), code: item.code, detail: item.detail,
                meant: item.meant)
        }
        return PageProblem(problem: problem)
    }

    /// Whether somebody has to log in for it.
    package var asksWho: Bool { problem.kind == .unauthenticated }

    /// There is nothing of that name: `case 99`.
    package static func missing(_ name: String) -> PageProblem { PageProblem(problem: .missing(name)) }

    /// A promise that is none of the case on whose page it was to be settled.
    package static let foreignPromise = invalidParameter("promise", "names one of this case's promises, by its id.")

    /// What can't be taken as it was sent, with why.
    package static func unreadable(_ detail: String) -> PageProblem {
        PageProblem(problem: Problem(.malformedRequest, detail))
    }

    /// Not for who asks, with why.
    package static func forbidden(_ detail: String) -> PageProblem {
        PageProblem(problem: Problem(.forbidden, detail))
    }

    /// Whether there is something under that address, but not for that method.
    package var isOfMethod: Bool { problem.kind == .methodNotAllowed }

    /// A parameter whose value is none that it can have, with why.
    package static func invalidParameter(_ name: String, _ detail: String) -> PageProblem {
        var issues = QueryIssues()
        issues.append(name, .invalidParameter, detail)
        return PageProblem(problem: issues.problem)
    }

    /// Parameters that were given more than once.
    package static func repeatedParameters(_ names: [String]) -> PageProblem {
        var issues = QueryIssues()
        for name in names { issues.append(name, .invalidParameter, "must be given once.") }
        return PageProblem(problem: issues.problem)
    }

    /// Parameters that no page has under that path.
    package static func unknownParameters(_ names: [String]) -> PageProblem {
        var issues = QueryIssues()
        for name in names { issues.append(name, .unknownParameter, "is no parameter of this page.") }
        return PageProblem(problem: issues.problem)
    }
}
