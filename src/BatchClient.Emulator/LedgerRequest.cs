namespace BatchGateway.Emulator;

/// <summary>One request as it reached the emulator.</summary>
/// <param name="Sequence">Its number, counted from 1 in order of arrival.</param>
/// <param name="Time">When it arrived, on the emulator's clock.</param>
/// <param name="Route">The name of the call, as <see cref="EmulatorRoute.Name"/> has it; empty when the emulator has no such call.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">The path and query exactly as they were sent, nothing decoded; the values of signatures, tokens and keys in the query are
/// redacted.</param>
/// <param name="Headers">The header values by name, without regard to case; those of <c>Authorization</c>, <c>Proxy-Authorization</c>, <c>Cookie</c>,
/// <c>api-key</c>, <c>x-api-key</c> and their like are redacted.</param>
/// <param name="Status">The status of the answer; null while there is none, and for ever when it was lost.</param>
public sealed record LedgerRequest(
    long Sequence,
    DateTimeOffset Time,
    string Route,
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    int? Status)
{
    /// <summary>
    /// Whether its work is done and its answer held back for good, by <see cref="EmulatorFaults.Hang"/>: a test that moves a time limit on waits
    /// for this first.
    /// </summary>
    public bool Hung { get; init; }
}
