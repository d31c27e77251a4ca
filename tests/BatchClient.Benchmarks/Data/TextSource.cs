using System.Text;

namespace BatchGateway.Benchmarks.Data;

/// <summary>
/// Prose as models write it: line feeds, quotes, backslashes, and about 6 % of the words outside ASCII. The same for the same seed.
/// </summary>
internal sealed class TextSource(int seed)
{
    private static readonly string[] Words =
    [
        "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "as", "was", "with", "on", "by", "be", "are", "this", "from", "or", "an",
        "which", "you", "can", "not", "one", "have", "has", "will", "each", "model", "answer", "customer", "summary", "category", "because",
        "however", "therefore", "request", "product", "delivery", "invoice", "sentiment", "positive", "negative", "recommendation", "confidence",
        "translation", "paragraph", "description", "information", "significantly", "approximately", "documentation", "between", "several", "first",
    ];

    private static readonly string[] Foreign =
    [
        "für", "größer", "déjà", "façade", "señor", "naïve", "Zürich", "smörgås", "Łódź", "привет", "данные", "ответ", "東京", "翻訳", "质量", "데이터",
        "Ελλάδα", "€20", "“quoted”", "—", "→", "✓", "😀", "🚀",
    ];

    private static readonly string[] Marked =
    [
        "\"yes\"", "\"order_id\": 17", "C:\\temp\\out.txt", "\\d+", "**bold**", "`code`", "(see below)", "3.14", "e.g.",
    ];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Next(int length)
    {
        _text.Clear();
        while (_text.Length < length)
            AppendWord();
        return _text.ToString();
    }

    /// <summary>A number from 0 to below <paramref name="end"/>.</summary>
    public int Number(int end) => _random.Next(end);

    private void AppendWord()
    {
        int kind = _random.Next(100);
        _text.Append(Any(kind switch { < 6 => Foreign, < 9 => Marked, _ => Words }));
        _text.Append(_random.Next(100) switch { < 2 => "\n\n", < 4 => "\n- ", < 10 => ". ", < 16 => ", ", _ => " " });
    }

    private string Any(string[] words) => words[_random.Next(words.Length)];
}
