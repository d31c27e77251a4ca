using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace BatchGateway.Tests.Support;

/// <summary>
/// Every public member of a model as text, a line each. What is null or empty is left out, so that an expected reading shows what there is to
/// read. <see cref="GatewayModel.RawJson"/> is left out too.
/// </summary>
internal static class ModelText
{
    public static string Of(object model)
    {
        StringBuilder text = new();
        AppendMembers(text, model, "");
        return text.ToString();
    }

    private static void AppendMembers(StringBuilder text, object model, string indent)
    {
        foreach (PropertyInfo member in model.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (member.Name != nameof(GatewayModel.RawJson) && member.GetIndexParameters().Length == 0)
                Append(text, member.Name, member.GetValue(model), indent);
        }
    }

    private static void Append(StringBuilder text, string name, object? value, string indent)
    {
        switch (value)
        {
            case null:
            case BatchEndpoint or BatchErrorCode or FilePurpose or FileStatus when value.ToString() == "":
                break;
            case IDictionary or IReadOnlyDictionary<string, string> or IReadOnlyDictionary<string, JsonElement>:
                AppendPairs(text, name, (IEnumerable)value, indent);
                break;
            case IEnumerable items and not string:
                AppendItems(text, name, items, indent);
                break;
            case GatewayModel:
                text.Append(CultureInfo.InvariantCulture, $"{indent}{name}:\n");
                AppendMembers(text, value, indent + "  ");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"{indent}{name}: {Scalar(value)}\n");
                break;
        }
    }

    private static void AppendPairs(StringBuilder text, string name, IEnumerable pairs, string indent)
    {
        foreach (object pair in pairs)
        {
            object key = pair.GetType().GetProperty("Key")!.GetValue(pair)!;
            object? value = pair.GetType().GetProperty("Value")!.GetValue(pair);
            text.Append(CultureInfo.InvariantCulture, $"{indent}{name}[{key}]: {Scalar(value)}\n");
        }
    }

    private static void AppendItems(StringBuilder text, string name, IEnumerable items, string indent)
    {
        int number = 0;
        foreach (object? item in items)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}{name}[{number++}]:\n");
            if (item is not null)
                AppendMembers(text, item, indent + "  ");
        }
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        BatchStatus status => $"\"{status}\" Kind={status.Kind} IsTerminal={status.IsTerminal}",
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        JsonElement json => json.GetRawText(),
        bool or long or int => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => $"\"{value}\"",
    };
}
