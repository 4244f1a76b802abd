import CaseStore
import Complaints
import HTTPTypes

/// `/v1/me` and `/v1/owners`.
enum OwnerOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/me", "getMe", "Show who asks",
            description: "The token, and whom it acts as: that is what `me` stands for in bodies and queries.",
            query: .current, answer: .init(.document("Requesting"), "The token.")),
        APIOperation(
            .get, "/v1/owners", "listOwners", "List who keeps promises",
            description:
                "Whoever was named, and whoever owns an open case or something that is not settled, by name; with what they "
                + "carry.",
            query: .list(.owners, OwnerFilter.init(_:)), answer: .init(.list("Owner"), "A page of them.")),
        APIOperation(
            .post, "/v1/owners", "nameOwner", "Name somebody who keeps promises",
            description: "So that nobody is warned of a new name, and their days are those of their own time zone.",
            body: APIOperation.Body(
                OwnerRequest.init(_:),
                examples: [
                    APIOperation.Example(
                        "person", "Somebody far away",
                        ["name": "Mia Wong", "email": "mia@example.com", "time_zone": "Asia/Singapore"])
                ]),
            answer: .init(.created("Owner"), "The owner."), problems: [.duplicateOwner]),
        APIOperation(
            .get, "/v1/owners/{name}", "getOwner", "Show somebody who keeps promises",
            description: "With what they carry. The name `me` is whoever asks.",
            query: .single, answer: .init(.resource("Owner"), "The owner.")),
        APIOperation(
            .patch, "/v1/owners/{name}", "editOwner", "Edit somebody who keeps promises",
            description: "A JSON merge patch. Whoever was never named, and owns something, is named by it.",
            body: APIOperation.Body(
                OwnerEdit.init(_:),
                examples: [
                    APIOperation.Example("away", "Takes nothing new", ["active": false])
                ]),
            answer: .init(.resource("Owner"), "The owner as they are now.")),
        APIOperation(
            .put, "/v1/owners/{name}/absence", "setAbsence", "Say when somebody is away",
            description: """
                In place of what was said before; by themselves, or a manager. What is theirs stays theirs: warnings say how much is \
                due in it, in_absence=true of /v1/promises lists that, and handover gives it to somebody else. Whoever promises \
                something for a day of it is warned. Whoever was never named, and owns something, is named by it.
                """,
            body: APIOperation.Body(
                AbsenceRequest.init(_:),
                examples: [
                    APIOperation.Example("holiday", "Two weeks", ["from": "2099-12-21", "until": "2100-01-03"])
                ]),
            answer: .init(.resource("ChangedOwner"), "The owner as they are now.")),
        APIOperation(
            .delete, "/v1/owners/{name}/absence", "endAbsence", "Say that somebody is not away",
            description: "By themselves, or a manager. 404 where they are not to be away, and once that is over.",
            body: APIOperation.Body(
                PlainRequests.comingBack, isOptional: true,
                examples: [APIOperation.Example("back", "They are back", [:])]),
            answer: .init(.resource("Owner"), "The owner as they are now.")),
        APIOperation(
            .post, "/v1/owners/{name}/handover", "handOver", "Hand over what somebody has",
            description: """
                Everything of theirs that is not settled, and their open cases where cases says so, in one commit. Whoever has \
                it from then on has to accept it, and until then it counts for who handed it over. It is undone by another \
                one, from who has it now to who had it, with the seq of the first as only: what nobody has accepted since is \
                as it was before; what somebody has is given back, and waits for who had it. By themselves, or a manager; by \
                only also by who handed it over, as far as it was not accepted. At most \(Limits.handover) promises and cases \
                go over at once; remaining says how many did not. Where nothing does, no entry is written, and seq is null.
                """,
            body: APIOperation.Body(
                HandoverRequest.init(_:),
                examples: [
                    APIOperation.Example(
                        "leave", "Somebody goes on leave",
                        ["to": "Ann Lee", "reason": "On leave to June", "cases": true])
                ]),
            answer: .init(.document("Handover"), "What went over.")),
    ]
}
