using System.Text.Json;

namespace BatchGateway.Cli.Output;

/// <summary>A plan, for programs.</summary>
internal static class PlanDocument
{
    public static void Write(Utf8JsonWriter json, BatchPlan plan)
    {
        json.WriteStartObject();
        json.WriteString("model", plan.Model);
        json.WriteNumber("lines", plan.LineCount);
        json.WriteNumber("bytes", plan.Bytes);
        json.WriteNumber("estimated_tokens", plan.EstimatedTokens);
        json.WriteNumber("lines_without_token_limit", plan.LinesWithoutTokenLimit);
        WriteCost(json, plan.EstimatedCost);
        WriteBatches(json, plan.Batches);
        json.WriteNumber("problem_count", plan.ProblemCount);
        WriteProblems(json, plan.Problems);
        json.WriteEndObject();
    }

    private static void WriteBatches(Utf8JsonWriter json, IEnumerable<PlannedBatch> batches)
    {
        json.WriteStartArray("batches");
        foreach (PlannedBatch batch in batches)
        {
            json.WriteStartObject();
            json.WriteNumber("first_line", batch.FirstLineNumber);
            json.WriteNumber("lines", batch.LineCount);
            json.WriteNumber("bytes", batch.Bytes);
            json.WriteNumber("estimated_tokens", batch.EstimatedTokens);
            json.WriteNumber("max_output_tokens", batch.MaxOutputTokens);
            json.WriteNumber("lines_without_token_limit", batch.LinesWithoutTokenLimit);
            WriteCost(json, batch.EstimatedCost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProblems(Utf8JsonWriter json, IEnumerable<BatchInputException> problems)
    {
        json.WriteStartArray("problems");
        foreach (BatchInputException problem in problems)
        {
            json.WriteStartObject();
            if (problem.LineNumber is { } line)
                json.WriteNumber("line", line);
            else
                json.WriteNull("line");
            json.WriteString("custom_id", problem.CustomId);
            json.WriteString("code", problem.Rule.ToString());
            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCost(Utf8JsonWriter json, decimal? cost)
    {
        if (cost is { } known)
            json.WriteNumber("estimated_cost", known);
        else
            json.WriteNull("estimated_cost");
    }
}
