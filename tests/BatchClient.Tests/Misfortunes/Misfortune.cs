using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>One thing that goes wrong in the life of a batch, as data: how it is arranged, and what must come of it.</summary>
/// <param name="Name">As the page says it.</param>
/// <param name="Arrange">Makes it happen; called right before <see cref="At"/>.</param>
public sealed record Misfortune(string Name, Action<Scene> Arrange)
{
    /// <summary>What the user of an undisturbed life sees: the model refuses one of the seven lines, so that both result files exist.</summary>
    public const string Usual = "6 succeeded, 1 failed";

    /// <summary>What it happens to, where the same happens to more than one thing; null where there is but one.</summary>
    public string? To { get; init; }

    /// <summary>The step before which it is arranged, by its call; the first one unless something else is said.</summary>
    public string At { get; init; } = Life.Prepare;

    /// <summary>What the user must see; on <see cref="Else"/> there may be another answer.</summary>
    public string Sees { get; init; } = Usual;

    /// <summary>What the user must see on gateways that differ.</summary>
    public IReadOnlyDictionary<EmulatorPersonality, string> Else { get; init; } = new Dictionary<EmulatorPersonality, string>();

    /// <summary>In words what the client does, where no count can say it; null to derive it from the ledger.</summary>
    public string? Did { get; init; }

    /// <summary>The pause that the gateway asks for: no earlier may the client come again.</summary>
    public TimeSpan? Told { get; init; }

    /// <summary>The gateways that it is tried on; default: all of them.</summary>
    public IReadOnlyList<EmulatorPersonality> On { get; init; } = Enum.GetValues<EmulatorPersonality>();

    /// <summary>Changes how the emulator is started; null for its usual habits.</summary>
    public Action<EmulatorOptions>? Options { get; init; }

    /// <summary>Changes how the batch lives; null for its usual life.</summary>
    public Func<EmulatorScript, EmulatorScript>? Script { get; init; }

    /// <summary>The user cancels the batch a minute after its create.</summary>
    public bool Cancels { get; init; }

    /// <summary>The user's own limit for the wait; null for none.</summary>
    public TimeSpan? WaitsFor { get; init; }

    /// <summary>The longest pause between two polls of the wait; the default, a minute, unless the wait is a matter of hours.</summary>
    public TimeSpan PollsEvery { get; init; } = new WaitOptions().MaxPollInterval;

    /// <summary>It may end in any of the exceptions of the other rows first: only what comes of it in the end is told.</summary>
    public bool IsAnything { get; init; }

    /// <summary>What the user must see on one gateway.</summary>
    public string SeesOn(EmulatorPersonality personality) => Else.TryGetValue(personality, out string? other) ? other : Sees;

    public override string ToString() => To is null ? Name : $"{To}: {Name}";
}
