import Complaints

/// What settling a promise is answered with: the promise, its case, and what goes on after it.
struct SettledPromise {
    let promise: PromiseView
    let file: CaseView
    let next: PromiseView?

    static let shown: [Shown<SettledPromise>] = [
        .object("promise", "The one of the path.", of: PromiseView.shown, schema: .named("CasePromise")) { $0.promise },
        .object("case", "Its case, as the change left it.", of: CaseView.shown, schema: .named("Case")) { $0.file },
        .ifAny(
            .object(
                "next_promise", "The one that goes on after it, where one was made.", of: PromiseView.shown,
                schema: .named("CasePromise")
            ) { $0 }
        ) { $0.next },
    ]
}
