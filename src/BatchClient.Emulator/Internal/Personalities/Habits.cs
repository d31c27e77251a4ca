using System.Collections.Immutable;

namespace BatchGateway.Emulator.Internal;

/// <summary>What a personality says and does. Each fills this form in a file of its own, and nothing else asks who is being played.</summary>
internal sealed record Habits
{
    /// <summary><c>GET /batches</c>.</summary>
    public required bool ListsBatches { get; init; }

    /// <summary><c>POST /batches/{id}/cancel</c>.</summary>
    public required bool Cancels { get; init; }

    /// <summary><c>GET /batches/{id}/output</c>.</summary>
    public required bool GivesOutput { get; init; }

    /// <summary><c>GET /files</c>.</summary>
    public required bool ListsFiles { get; init; }

    /// <summary><c>Range</c> on a file's content.</summary>
    public required bool HonoursRanges { get; init; }

    /// <summary>How long an uploaded file is <c>pending</c>; no batch is made from it before.</summary>
    public required TimeSpan FilePendingFor { get; init; }

    /// <summary>How long a file lives that was uploaded for batches; null for ever.</summary>
    public required TimeSpan? BatchFileLifetime { get; init; }

    /// <summary>What a create call must look like.</summary>
    public required CreateRules Create { get; init; }

    /// <summary>What an input file must look like.</summary>
    public required InputRules Input { get; init; }

    /// <summary>The members of the batch object, in their order.</summary>
    public required ImmutableArray<string> BatchMembers { get; init; }

    /// <summary>How a time of a batch is written. A file's times are unix seconds with everybody.</summary>
    public required Func<DateTimeOffset, JsonScalar> BatchTime { get; init; }

    /// <summary>The word for a state.</summary>
    public required Func<BatchState, string> Status { get; init; }

    /// <summary>What stands where a batch has no file.</summary>
    public required string? NoFileId { get; init; }

    /// <summary>Whether a batch is counted from the start; else the counts are null until its end.</summary>
    public required bool CountsBeforeTheEnd { get; init; }

    /// <summary>Whether a batch expires; one that does not has no <c>expires_at</c>.</summary>
    public required bool Expires { get; init; }

    /// <summary>A personality with the options' single switches applied.</summary>
    public static Habits From(EmulatorOptions options)
    {
        Habits habits = Of(options.Personality);
        return habits with
        {
            ListsBatches = options.BatchList ?? habits.ListsBatches,
            Cancels = options.Cancel ?? habits.Cancels,
            GivesOutput = options.BatchOutput ?? habits.GivesOutput,
            ListsFiles = options.FileList ?? habits.ListsFiles,
            HonoursRanges = options.Ranges ?? habits.HonoursRanges,
            FilePendingFor = options.FilePendingFor ?? habits.FilePendingFor,
        };
    }

    private static Habits Of(EmulatorPersonality personality) => personality switch
    {
        EmulatorPersonality.Documented => DocumentedHabits.All,
        EmulatorPersonality.OpenAI => OpenAIHabits.All,
        EmulatorPersonality.Azure => AzureHabits.All,
        _ => throw new ArgumentOutOfRangeException(nameof(personality), personality, "There is no such personality."),
    };
}
