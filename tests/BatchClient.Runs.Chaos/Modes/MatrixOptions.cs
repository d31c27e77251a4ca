using System.Globalization;
using BatchGateway.Emulator;

namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>What the matrix is asked for.</summary>
internal sealed record MatrixOptions
{
    public int Rounds { get; init; } = 2;

    public int Seed { get; init; } = 1;

    public int Kills { get; init; } = 60;

    public IReadOnlyList<EmulatorPersonality> Personalities { get; init; } = [EmulatorPersonality.OpenAI, EmulatorPersonality.Documented];

    public IReadOnlyList<Scenario> Scenarios { get; init; } = Enum.GetValues<Scenario>();

    /// <summary>The options that the words mean; null when they mean none.</summary>
    public static MatrixOptions? Parse(IReadOnlyList<string> words)
    {
        MatrixOptions? options = new();
        for (int i = 0; i < words.Count && options is not null; i += 2)
            options = i + 1 < words.Count ? With(options, words[i], words[i + 1]) : null;
        return options;
    }

    private static MatrixOptions? With(MatrixOptions options, string word, string value)
    {
        if (word == "--only" && Enum.TryParse(value, ignoreCase: true, out EmulatorPersonality personality))
            return options with { Personalities = [personality] };
        if (word == "--scenario" && Enum.TryParse(value, ignoreCase: true, out Scenario scenario))
            return options with { Scenarios = [scenario] };
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return null;
        return word switch
        {
            "--rounds" => options with { Rounds = number },
            "--seed" => options with { Seed = number },
            "--kills" => options with { Kills = number },
            _ => null,
        };
    }
}
