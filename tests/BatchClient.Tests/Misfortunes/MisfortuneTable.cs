namespace BatchGateway.Tests.Misfortunes;

/// <summary>One table of the page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Sentence">What it is about.</param>
/// <param name="Rows">What goes wrong.</param>
public sealed record MisfortuneTable(string Title, string Sentence, IReadOnlyList<Misfortune> Rows)
{
    public static IReadOnlyList<MisfortuneTable> All { get; } =
    [
        .. UploadRows.Tables, .. CreateRows.Tables, .. WaitRows.Tables, .. ResultRows.Tables, .. WholeLifeRows.Tables, .. BatchRows.Tables,
        .. LineRows.Tables,
    ];
}
