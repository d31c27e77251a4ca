using System.Text.Json;
using System.Text.Unicode;

namespace BatchGateway.Emulator.Internal;

/// <summary>Checks an input file line by line, as a provider does before a batch runs; memory holds the custom ids and no more.</summary>
internal sealed class InputValidator(string endpoint, InputRules rules)
{
    /// <summary>A file in which everything is wrong must not become an answer of its own size.</summary>
    private const int MostErrors = 1000;

    private readonly HashSet<string> _customIds = [];
    private readonly List<InputError> _errors = [];
    private string? _model;
    private int _line;
    private long _embeddingInputs;

    private bool HasTooMuch => _line > rules.MostLines || _embeddingInputs > rules.MostEmbeddingInputs;

    public static InputReport Validate(string path, string endpoint, InputRules rules) => new InputValidator(endpoint, rules).Run(path);

    private InputReport Run(string path)
    {
        using (JsonlReader reader = new(path))
        {
            while (_errors.Count < MostErrors && !HasTooMuch && reader.TryRead(out ReadOnlyMemory<byte> line))
                CheckLine(line);
        }

        if (_line == 0)
            FailFile("empty_file", "The input file is empty.");
        if (_line > rules.MostLines)
            FailFile("too_many_tasks", $"The input file has more than {rules.MostLines} requests.");
        if (_embeddingInputs > rules.MostEmbeddingInputs)
            FailFile("too_many_tasks", $"The input file has more than {rules.MostEmbeddingInputs} embedding inputs.");
        return new InputReport(_line, _model, _errors);
    }

    private void CheckLine(ReadOnlyMemory<byte> line)
    {
        _line++;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (!Utf8.IsValid(line.Span))
                Fail("invalid_json_line", "This line is not valid UTF-8.", null);
            else if (document.RootElement.ValueKind == JsonValueKind.Object)
                CheckRequest(document.RootElement);
            else
                Fail("invalid_json_line", "This line is not a JSON object.", null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second of them is half a surrogate pair, which the parser lets through and no string can hold.
            Fail("invalid_json_line", "This line is not parseable as valid JSON.", null);
        }
    }

    private void CheckRequest(JsonElement request)
    {
        CheckCustomId(request.StringOrNull("custom_id"));
        CheckMethod(request.StringOrNull("method"));
        CheckUrl(request.StringOrNull("url"));
        if (request.ObjectOrNull("body") is { } body)
            CheckBody(body);
        else
            FailMissing("body");
    }

    private void CheckCustomId(string? customId)
    {
        if (string.IsNullOrEmpty(customId))
            FailMissing("custom_id");
        else if (!_customIds.Add(customId))
            Fail("duplicate_custom_id", $"The custom_id '{customId}' is used more than once in this file.", "custom_id");
    }

    private void CheckMethod(string? method)
    {
        if (method is null)
            FailMissing("method");
        else if (method != "POST")
            Fail("invalid_method", $"The method '{method}' is not supported; it must be POST.", "method");
    }

    private void CheckUrl(string? url)
    {
        if (url is null)
            FailMissing("url");
        else if (url != endpoint && !rules.Urls.IsEmpty && !rules.Urls.Contains(url))
            Fail("invalid_url", $"The url '{url}' is not one that a batch can call.", "url");
        else if (url != endpoint)
            Fail("url_mismatch", $"The url '{url}' does not match the batch's endpoint '{endpoint}'.", "url");
    }

    private void CheckBody(JsonElement body)
    {
        CheckModel(body.StringOrNull("model"));
        if (endpoint.EndsWith("/embeddings", StringComparison.Ordinal) && body.TryGetProperty("input", out JsonElement input))
            _embeddingInputs += EmbeddingInputs.Count(input);
    }

    private void CheckModel(string? model)
    {
        if (model is null)
            FailMissing("body.model");
        else if ((_model ??= model) != model)
            Fail(rules.AnotherModel, $"The model '{model}' differs from '{_model}', which this file began with.", "body.model");
    }

    private void FailMissing(string param) => Fail(rules.MissingMember, $"Missing required parameter: '{param}'.", param);

    private void FailFile(string code, string message) => _errors.Add(new InputError(code, message, null, null));

    private void Fail(string code, string message, string? param)
    {
        if (_errors.Count < MostErrors)
            _errors.Add(new InputError(code, message, param, _line));
    }
}
