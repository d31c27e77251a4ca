namespace Packages.Tests;

/// <summary>What a package has to be, written down once more by hand.</summary>
/// <param name="Id">Its id, which is also the name of its assembly.</param>
/// <param name="Dependencies">Packages with their lowest versions, by target framework; "this" is the version of the package itself.</param>
/// <param name="Framework">The shared framework that it needs beside the ordinary one; null for none.</param>
public sealed record Expected(string Id, IReadOnlyDictionary<string, string[]> Dependencies, string? Framework = null)
{
    private static readonly string[] OfTheClient =
    [
        "Microsoft.Extensions.DependencyInjection.Abstractions 10.0.14",
        "Microsoft.Extensions.Http 10.0.14",
        "Microsoft.Extensions.Options 10.0.14",
        "Microsoft.Extensions.Options.ConfigurationExtensions 10.0.14",
        "Polly.Core 8.9.1",
    ];

    private static readonly string[] OfRuns =
    [
        "BatchClient this",
        "Microsoft.Data.Sqlite 10.0.14",
        "Microsoft.Extensions.Hosting.Abstractions 10.0.14",
        "SQLitePCLRaw.bundle_e_sqlite3 3.0.3",
        "SQLitePCLRaw.core 3.0.3",
    ];

    public static IReadOnlyList<Expected> All { get; } =
    [
        new("BatchClient", By([.. OfTheClient, "System.Text.Json 10.0.14"], OfTheClient)),
        new("BatchClient.Emulator", By(["BatchClient this"], ["BatchClient this"]), "Microsoft.AspNetCore.App"),
        new("BatchClient.Runs", By(OfRuns, OfRuns)),
    ];

    public override string ToString() => Id;

    private static Dictionary<string, string[]> By(string[] net8, string[] net10) => new() { ["net8.0"] = net8, ["net10.0"] = net10 };
}
