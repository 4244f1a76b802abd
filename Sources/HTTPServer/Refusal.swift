/// placeholder
public struct Refusal: Error, Sendable {}
