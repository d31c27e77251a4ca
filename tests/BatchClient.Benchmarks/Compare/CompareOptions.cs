using System.Globalization;

namespace BatchGateway.Benchmarks.Compare;

internal sealed record CompareOptions
{
    /// <summary>How the names of the wanted figures begin; empty for all.</summary>
    public string Only { get; private init; } = "";

    /// <summary>The size of the files that are read and written.</summary>
    public long DataBytes { get; private init; } = 200 * Units.Megabyte;

    /// <summary>The size of the files that are uploaded and downloaded.</summary>
    public long TransferBytes { get; private init; } = 2000 * Units.Megabyte;

    public int Rounds { get; private init; } = 5;

    public int TransferRounds { get; private init; } = 3;

    public int CallRounds { get; private init; } = 301;

    public static CompareOptions Parse(IReadOnlyList<string> arguments)
    {
        CompareOptions options = new();
        for (int i = 0; i < arguments.Count; i += 2)
            options = options.With(arguments[i], i + 1 < arguments.Count ? arguments[i + 1] : throw Unknown(arguments[i]));
        return options;
    }

    private CompareOptions With(string name, string value) => name switch
    {
        "--only" => this with { Only = value },
        "--data-mb" => this with { DataBytes = Number(value) * Units.Megabyte },
        "--transfer-mb" => this with { TransferBytes = Number(value) * Units.Megabyte },
        "--rounds" => this with { Rounds = Number(value) },
        "--transfer-rounds" => this with { TransferRounds = Number(value) },
        "--call-rounds" => this with { CallRounds = Number(value) },
        _ => throw Unknown(name),
    };

    private static int Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : throw Unknown(text);

    private static ArgumentException Unknown(string text) =>
        new($"'{text}' is not understood. Options: --only <prefix> --data-mb <n> --transfer-mb <n> --rounds <n> --transfer-rounds <n> --call-rounds <n>");
}
