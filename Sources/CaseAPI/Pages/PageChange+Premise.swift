import CaseStore
import Complaints

extension PageChange {
    /// What a page takes for granted, and who sends a request by hand need not: it is held against the record as the change is made.
    package enum Premise: Sendable {
        /// That the promise is one of the case.
        case promise(String, ofCase: String)
        /// That a handover of all of somebody's takes what its reader has seen.
        case goingOver(from: String, takesCases: Bool, GoingOver)
        /// That nobody mistyped the names in these fields.
        case names([TypedName])
    }
}

/// A name of somebody, or of something, that was typed into a field of a form.
package struct TypedName: Sendable {
    /// Of whom or what it is a name.
    package enum Kind: Sendable {
        case owner, team
    }

    let field: String
    let name: String
    let kind: Kind

    /// - Parameter field: its name in the form.
    package init(_ field: String, _ name: String, _ kind: Kind) {
        self.field = field
        self.name = name
        self.kind = kind
    }
}

extension PageChange.Premise {
    /// Holds it against the record.
    ///
    /// - Throws: what is not so.
    func require(_ transaction: WriteTransaction, by actor: Actor) throws {
        switch self {
        case .promise(let promise, let id):
            guard let promise = Int64(promise), let row = try transaction.record.promise(promise) else {
                throw Problem.missing("promise \(promise)")
            }
            guard Int64(id) == row.promise.caseID else { throw PageProblem.foreignPromise.problem }
        case .goingOver(let name, let takesCases, let seen):
            let now = GoingOver(try transaction.record.goingOver(from: name, takesCases: takesCases))
            guard now.isSame(as: seen) else {
                throw Problem(.stale, "What would go over is something else by now. Nothing has changed.")
            }
        case .names(let typed):
            let questions = try typed.compactMap { typed in
                switch typed.kind {
                case .owner: typed.question(try transaction.ownerMeant(by: typed.name, from: actor))
                case .team: typed.question(try transaction.teamMeant(by: typed.name))
                }
            }
            guard questions.isEmpty else {
                var problem = Problem(
                    .validationFailed, "A name is nobody's. Nothing has changed: send it again if it is right.")
                problem.errors = questions
                throw problem
            }
        }
    }

    /// What is asked about names in a form that is refused for something else: all that is to be corrected is told at once.
    ///
    /// - Throws: errors of the store.
    func questions(_ record: ReadTransaction, by actor: Actor) throws -> [Problem.Item] {
        guard case .names(let typed) = self else { return [] }
        return try typed.compactMap { typed in
            switch typed.kind {
            case .owner: typed.name.isName(of: actor) ? nil : typed.question(try record.ownerMeant(by: typed.name))
            case .team:
                try record.isKnown(team: typed.name) ? nil : typed.question(try record.nearestTeam(to: typed.name))
            }
        }
    }
}

extension TypedName {
    /// What is asked about it, where another name was most likely meant.
    fileprivate func question(_ meant: String?) -> Problem.Item? {
        meant.map { meant in
            Problem.Item(
                place: .pointer("#/\(field)"), code: FieldIssue.Code.unknownOwner.rawValue,
                detail: "\(name) is not on record. Did you mean \(meant)? Send it again if it is right.", meant: meant)
        }
    }
}

extension Problem {
    /// Whether all that is wrong is what is asked about names.
    var isQuestion: Bool { !errors.isEmpty && errors.allSatisfy { $0.meant != nil } }

    /// The same with what else there is to correct. What is wrong with something other than fields stays what it is.
    func joined(by others: [Problem.Item]) -> Problem {
        guard kind == .validationFailed, !errors.isEmpty else { return self }
        var problem = self
        problem.errors += others.filter { other in !errors.contains { $0.place == other.place } }
        return problem
    }
}
