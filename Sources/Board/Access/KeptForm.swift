import CaseAPI

extension FormFields {
    /// What is said beside a form that is only shown again, and not sent: nothing after a login, which has said it; that it is from
    /// before one, where its reader logged in anew in another tab.
    var keptProblem: PageProblem? { isFromBefore ? .forbidden(Texts.formFromBefore) : nil }
}
