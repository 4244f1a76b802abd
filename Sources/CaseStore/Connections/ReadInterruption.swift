/// That a read was given up, because nobody wanted it any more. Nothing was changed.
public struct ReadInterruption: Error, Sendable {}
