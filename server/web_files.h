// The files of web/, built and taken into the program, and the description of the API.
#pragma once

#include <string_view>

namespace kronik {

std::string_view IndexHtml();
std::string_view AppJs();
std::string_view StyleCss();
std::string_view IconSvg();
std::string_view OpenApi();
// Of what others made, in the page.
std::string_view Licences();

}  // namespace kronik
