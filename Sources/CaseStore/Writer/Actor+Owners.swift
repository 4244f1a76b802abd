package import Complaints

extension Actor {
    /// Whether what somebody of the desk has, and when they are away, is for this one to say: for themselves, and for a manager.
    package func speaks(for owner: String) -> Bool { role >= .manager || owner.isName(of: self) }
}
