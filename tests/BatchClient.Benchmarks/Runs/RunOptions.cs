using System.Globalization;
using BatchGateway.Emulator;

namespace BatchGateway.Benchmarks.Runs;

/// <summary>How large a run is.</summary>
internal sealed record RunOptions(int Lines, int Batches)
{
    private const int UsualLife = 60;

    private const int BytesPerLine = 1000;

    // The input, the results, the file of outcomes, and the gateway's copies of the first two; and something to spare.
    private const int CopiesOnDisk = 8;

    /// <summary>For how long a batch is in progress, in seconds.</summary>
    public int Life { get; private init; } = UsualLife;

    /// <summary>How many of a hundred lines are answered with 429 at each attempt, and so come again in further batches.</summary>
    public int BusyPercent { get; private init; }

    public EmulatorPersonality Gateway { get; private init; } = EmulatorPersonality.OpenAI;

    public long BytesOnDisk => (long)CopiesOnDisk * Lines * BytesPerLine;

    public int LinesPerBatch => Lines / Batches;

    public static RunOptions Parse(IReadOnlyList<string> arguments, RunOptions options)
    {
        for (int i = 0; i < arguments.Count; i += 2)
            options = options.With(arguments[i], i + 1 < arguments.Count ? arguments[i + 1] : throw Unknown(arguments[i]));
        return options.Lines % options.Batches == 0
            ? options
            : throw new ArgumentException($"{options.Lines} lines cannot be split into {options.Batches} batches of one size.");
    }

    public string[] Arguments() =>
    [
        "--lines", Text(Lines), "--batches", Text(Batches), "--life", Text(Life), "--busy", Text(BusyPercent), "--gateway", Gateway.ToString(),
    ];

    private RunOptions With(string name, string value) => name switch
    {
        "--lines" => this with { Lines = Number(value) },
        "--batches" => this with { Batches = Number(value) },
        "--life" => this with { Life = Number(value) },
        "--busy" => this with { BusyPercent = value == "0" ? 0 : Number(value) },
        "--gateway" => this with { Gateway = Personality(value) },
        _ => throw Unknown(name),
    };

    private static EmulatorPersonality Personality(string text) =>
        Enum.TryParse(text, ignoreCase: true, out EmulatorPersonality known) && Enum.IsDefined(known) ? known : throw Unknown(text);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : throw Unknown(text);

    private static ArgumentException Unknown(string text) => new(
        $"'{text}' is not understood. Options: --lines <n> --batches <n> --life <seconds> --busy <percent> --gateway <openai|documented>");
}
