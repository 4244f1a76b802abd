import Complaints

/// What settling a promise is answered with: the promise, its case, and what goes on after it.
struct SettledPromise {
    let promise: PromiseView
    let file: CaseView
    let next: PromiseView?
    /// What the policy asks for next, where an update was kept and nothing else is open.
    let proposal: PromiseRequest?

    static let shown: [Shown<SettledPromise>] = [
        .object("promise", "The one of the path.", of: PromiseView.shown, schema: .named("CasePromise")) { $0.promise },
        .object("case", "Its case, as the change left it.", of: CaseView.shown, schema: .named("Case")) { $0.file },
        .ifAny(
            .object(
                "next_promise", "The one that goes on after it, where one was made.", of: PromiseView.shown,
                schema: .named("CasePromise")
            ) { $0 }
        ) { $0.next },
        .ifAny(
            .written(
                .always(
                    "proposal", .named("PromiseRequest"),
                    "Where an update was kept and nothing else is open: the next one that update_every of the policy asks for, as "
                        + "POST /v1/cases/{id}/promises takes it.")
            ) { (proposal: PromiseRequest, json: inout JSONWriter) in json.object { $0.writeMembers(of: proposal) } },
            \.proposal),
    ]
}
