/// What is said of what somebody typed before they logged in.
extension Texts {
    static let answerGone = "What stood here is gone"
    static let answerGoneHint =
        "What was answered to a form is here for half an hour. What it did stands on its own page."
    static let nothingKept = "Nothing that you typed is kept here"
    static let nothingKeptHint =
        "What was typed before a login is here for half an hour, for whoever typed it, and only until they log out or a customer is erased."
    static let typedByAnother = "You are logged in, and what was typed before is not shown"
    static let typedByAnotherHint =
        "Somebody else had typed it, or nobody can tell who. It has changed nothing, and has to be typed again by whoever wrote it."
    static let mayNotSend = "You are logged in, with a token that only reads"
    static let mayNotSendHint =
        "What you typed before is still in this page, and has changed nothing. To send it, log in here with a token that may; else go on "
        + "to the board."
    static let formFromBefore =
        "You have logged in again since this page was opened. Nothing has changed: what you typed is still here, so look at it, and "
        + "send it again."
}
