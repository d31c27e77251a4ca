using System.Globalization;
using BatchGateway.Benchmarks.UserTypes;

namespace BatchGateway.Benchmarks.Data;

/// <summary>Requests of about 1 kB a line, as both sides hand them in. The texts repeat, so that no side waits for them; the ids do not.</summary>
internal sealed class Prompts
{
    private const string Model = "gpt-4o-mini";
    private const int DifferentTexts = 1000;
    private const int BytesPerLine = 1000;
    private const int SystemLength = 250;
    private const int ShortestUser = 300;
    private const int UserSpread = 500;

    private readonly (string System, string User)[] _texts;

    public Prompts(int seed)
    {
        TextSource source = new(seed);
        _texts = new (string, string)[DifferentTexts];
        for (int i = 0; i < _texts.Length; i++)
            _texts[i] = (source.Next(SystemLength), source.Next(ShortestUser + source.Number(UserSpread)));
    }

    /// <summary>How many lines make about so many bytes.</summary>
    public static int LinesOf(long bytes) => (int)(bytes / BytesPerLine);

    public IEnumerable<BatchRequestLine> Ours(int count) =>
        Enumerable.Range(0, count).Select(i => BatchRequestLine.Chat(IdOf(i), Model, TextOf(i).User, TextOf(i).System));

    /// <summary>One line for each custom id.</summary>
    public IEnumerable<BatchRequestLine> Ours(IEnumerable<string> customIds) =>
        customIds.Select((id, i) => BatchRequestLine.Chat(id, Model, TextOf(i).User, TextOf(i).System));

    public IEnumerable<RequestLine> Users(int count) => Enumerable.Range(0, count).Select(i => new RequestLine
    {
        CustomId = IdOf(i),
        Body = new RequestBody
        {
            Model = Model,
            Messages =
            [
                new RequestMessage { Role = "system", Content = TextOf(i).System },
                new RequestMessage { Role = "user", Content = TextOf(i).User },
            ],
        },
    });

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"row-{number:d8}");

    private (string System, string User) TextOf(int number) => _texts[number % _texts.Length];
}
