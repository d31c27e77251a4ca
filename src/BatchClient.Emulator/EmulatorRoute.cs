using BatchGateway.Emulator.Internal;

namespace BatchGateway.Emulator;

/// <summary>
/// One call of the emulator, and the misfortunes that await it. A fault that is added to the call itself is used up by the next request,
/// or by as many as it says.
/// </summary>
/// <example>
/// <code>
/// emulator.OnCreateBatch.LoseAnswer();                 // the next create
/// emulator.OnGetBatch.Every(3).Answer(503);            // every third get
/// emulator.OnAnyCall.Sometimes(0.1, seed: 7).Drop();   // one request in ten
/// </code>
/// </example>
public sealed class EmulatorRoute : EmulatorFaults
{
    internal EmulatorRoute(string name, ContentKind content = ContentKind.None)
        : base(new FaultList(), content, static () => new EveryTrigger(1), defaultTimes: 1) => Name = name;

    /// <summary>The call's name, as the ledger writes it, such as <c>CreateBatch</c>.</summary>
    public string Name { get; }

    /// <summary>Every request from now on.</summary>
    public EmulatorFaults Always => Every(1);

    /// <summary>Every n-th request, counted from when the fault is added.</summary>
    /// <param name="n">1 for every request, 2 for the second, the fourth and so on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public EmulatorFaults Every(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        return Pick(() => new EveryTrigger(n));
    }

    /// <summary>Requests by chance; the same ones in every run that sends the same number of requests in the same order.</summary>
    /// <param name="probability">From 0, never, to 1, always.</param>
    /// <param name="seed">Where the chance begins.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
    public EmulatorFaults Sometimes(double probability, int seed)
    {
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
        return Pick(() => new ChanceTrigger(probability, seed));
    }

    /// <summary>The requests that a predicate picks.</summary>
    /// <param name="predicate">Sees the request as the ledger has it, secrets redacted and before anything is done. It must not wait for a
    /// call to the emulator; if it throws, the request is answered 500 with the exception's message.</param>
    public EmulatorFaults When(Func<LedgerRequest, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Pick(() => new PredicateTrigger(predicate));
    }

    internal Fault? TakeFault(LedgerRequest request) => List.Take(request);

    internal void LetPass(LedgerRequest request) => List.LetPass(request);

    private EmulatorFaults Pick(Func<FaultTrigger> newTrigger) => new(List, Content, newTrigger, defaultTimes: int.MaxValue);
}
