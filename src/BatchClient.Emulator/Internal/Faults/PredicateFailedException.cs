namespace BatchGateway.Emulator.Internal;

/// <summary>Carries what a test's predicate threw; never leaves the emulator.</summary>
internal sealed class PredicateFailedException(Exception inner) : Exception(message: null, inner);
