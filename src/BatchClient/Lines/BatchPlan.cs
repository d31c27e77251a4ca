using BatchGateway.Internal.Lines;

namespace BatchGateway;

/// <summary>What lines would become: batches, bytes, tokens, cost. Nothing is sent, and nothing is written.</summary>
public sealed record BatchPlan
{
    /// <summary>The batches, in the order of the lines.</summary>
    public IReadOnlyList<PlannedBatch> Batches { get; init; } = [];

    /// <summary>
    /// What is wrong with the lines, the first thousand problems: each names its line, the rule as a server's code word, and what to do. Lines
    /// with a problem are in no batch.
    /// </summary>
    public IReadOnlyList<BatchInputException> Problems { get; init; } = [];

    /// <summary>How many problems there are.</summary>
    public long ProblemCount { get; init; }

    /// <summary>The model that the lines name; null when they name none.</summary>
    public string? Model { get; init; }

    /// <summary>How many lines the batches have.</summary>
    public long LineCount => Batches.Sum(batch => batch.LineCount);

    /// <summary>How many bytes the input files have.</summary>
    public long Bytes => Batches.Sum(batch => batch.Bytes);

    /// <summary>The tokens of the prompts by a plain estimate: a quarter of the bytes of the bodies.</summary>
    public long EstimatedTokens => Batches.Sum(batch => batch.EstimatedTokens);

    /// <summary>How many lines set no limit of tokens for their answers, whose cost is therefore open.</summary>
    public long LinesWithoutTokenLimit => Batches.Sum(batch => batch.LinesWithoutTokenLimit);

    /// <summary>
    /// What the batches cost, by the estimated tokens and the most tokens that the answers may have; null without a price. A lower bound when
    /// <see cref="LinesWithoutTokenLimit"/> is not 0: the answers to these lines are taken to cost nothing.
    /// </summary>
    public decimal? EstimatedCost => Batches.Count == 0 ? null : Batches.Aggregate((decimal?)0, (sum, batch) => sum + batch.EstimatedCost);

    /// <summary>Goes through the lines as a split would.</summary>
    /// <param name="lines">The lines; read once.</param>
    /// <param name="limits">What the provider allows in one batch.</param>
    /// <param name="prices">Prices by model; null, or a model that is not there, for no cost.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">No lines could keep to the limits: all that is wrong.</exception>
    /// <remarks>
    /// The lines cannot be looked into again, so a custom id that was there before is told by 128 bits of hashes: memory is about 25 bytes
    /// for each.
    /// </remarks>
    /// <example>
    /// <code>
    /// BatchPlan plan = await BatchPlan.MakeAsync(lines, BatchLimits.OpenAI);
    /// Console.WriteLine($"{plan.Batches.Count} batches, {plan.LineCount} lines, about {plan.EstimatedTokens} tokens, {plan.ProblemCount} problems");
    /// </code>
    /// </example>
    public static Task<BatchPlan> MakeAsync(
        IAsyncEnumerable<BatchRequestLine> lines,
        BatchLimits limits,
        IReadOnlyDictionary<string, TokenPrice>? prices = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(limits);
        return RequestPlanner.RunAsync(lines, limits.Checked(nameof(limits)), prices, cancellationToken);
    }

    /// <inheritdoc cref="MakeAsync(IAsyncEnumerable{BatchRequestLine}, BatchLimits, IReadOnlyDictionary{string, TokenPrice}, CancellationToken)"/>
    public static Task<BatchPlan> MakeAsync(
        IEnumerable<BatchRequestLine> lines,
        BatchLimits limits,
        IReadOnlyDictionary<string, TokenPrice>? prices = null,
        CancellationToken cancellationToken = default) =>
        MakeAsync(AsyncLines.From(lines), limits, prices, cancellationToken);
}
