using System.Text.Json;

namespace BatchGateway.Runs.Internal;

/// <summary>What a run was asked for when it began; as JSON in the run's row.</summary>
internal sealed record RunSettings
{
    public required RunAddress Address { get; init; }

    public BatchLimits Limits { get; init; } = BatchLimits.OpenAI;

    public int MaxAttempts { get; init; }

    public int MaxExpiries { get; init; }

    public bool RetryMissing { get; init; }

    public int? MaxBatchesInFlight { get; init; }

    public long? MaxEnqueuedTokens { get; init; }

    public int MaxUploads { get; init; }

    public string? CompletionWindow { get; init; }

    public string? JobName { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public TimeSpan? OutputExpiresAfter { get; init; }

    /// <summary>For lines that name none.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Of models that <see cref="Prices"/> does not name.</summary>
    public TokenPrice? Price { get; init; }

    /// <summary>By model.</summary>
    public IReadOnlyDictionary<string, TokenPrice>? Prices { get; init; }

    public BatchRunCleanup Cleanup { get; init; }

    public BudgetLimits Budget => new(MaxBatchesInFlight ?? int.MaxValue, MaxEnqueuedTokens ?? long.MaxValue);

    /// <summary>The names of the settings that others have otherwise.</summary>
    public IEnumerable<string> DifferencesFrom(RunSettings others)
    {
        JsonElement mine = JsonSerializer.SerializeToElement(this, RunsJson.Default.RunSettings);
        JsonElement theirs = JsonSerializer.SerializeToElement(others, RunsJson.Default.RunSettings);
        return mine.EnumerateObject()
            .Where(setting => setting.Value.GetRawText() != theirs.GetProperty(setting.Name).GetRawText())
            .Select(setting => NameOf(setting.Name));
    }

    public static RunSettings Of(RunRow run) => run.Settings is { } json
        ? RunsJson.ReadSettings(json)
        : throw new BatchRunException($"Run '{run.Name}' has no settings: it was not made by this library.");

    /// <summary>As the request has it.</summary>
    private static string NameOf(string member) => member == "address"
        ? $"{nameof(BatchRunRequest.Client)} or {nameof(BatchRunRequest.Call)}"
        : string.Concat(member.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
